package io.kalam.websocket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kalam.protocol.CloseReason;
import io.kalam.protocol.Events;
import io.kalam.subscription.SubscriptionEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What of a connection is done by the socket's event loop, and what is not.
 */
class EventLoopConnectionTests {

	private final List<Runnable> eventLoop = new ArrayList<>();

	private final ConnectionHarness socket = new ConnectionHarness(impatient(), (step) -> {
		this.eventLoop.add(step);
		step.run();
	});

	private final FakeSessions.FakeSession session = fed();

	@AfterEach
	void transportWasUsedAsItShould() {
		assertThat(this.socket.violations).isEmpty();
	}

	@Test
	void sendsWhatTheHubHasFedTheSession() {
		this.session.tell(transaction());
		assertThat(this.eventLoop).hasSize(1);
		assertThat(this.session.polledMemory).isPositive();
		assertThat(this.socket.types()).containsExactly("transaction");
		assertThat(this.socket.listener.told).as("what was delivered").hasSize(1);
	}

	@Test
	void isDoneWithWhatLeavesAtOnce() {
		this.socket.atOnce = true;
		int before = this.session.polledMemory;
		this.session.tell(transaction());
		assertThat(this.session.polledMemory - before).as("polls: the commit, and nothing").isEqualTo(2);
		assertThat(this.socket.listener.told).as("what was delivered").hasSize(1);
		assertThat(this.eventLoop).hasSize(1);
	}

	@Test
	void goesOnBehindAChunkThatLeavesAtOnce() {
		this.socket.atOnce = true;
		String large = "x".repeat(70_000);
		this.session.tell(Events.transaction(null, null, true, Events.insert(large)),
				Events.transaction(null, null, true, Events.insert(large)));
		assertThat(this.socket.chunks).hasSize(2);
		assertThat(this.socket.types()).containsExactly("transaction", "transaction");
	}

	@Test
	void clientThatTakesNothingIsClosed() {
		this.socket.stuck = true;
		this.session.tell(transaction());
		this.socket.pass(this.socket.context.settings().timing().write().plusSeconds(1));
		assertThat(this.socket.closed).isEqualTo(CloseReason.STALLED);
	}

	@Test
	void leavesTheClientsMessagesToWorkers() {
		this.socket.say("{\"type\":\"ping\"}");
		assertThat(this.socket.types()).containsExactly("pong");
		assertThat(this.eventLoop).isEmpty();
	}

	@Test
	void leavesWhatHasToBeReadToWorkers() {
		this.session.inMemory = false;
		this.session.tell(transaction());
		assertThat(this.eventLoop).as("it was in memory as far as was known").hasSize(1);
		assertThat(this.socket.types()).containsExactly("transaction");
		this.session.tell(transaction());
		assertThat(this.eventLoop).hasSize(1);
		assertThat(this.socket.types()).containsExactly("transaction", "transaction");
	}

	@Test
	void leavesWhatIsDueToWorkers() {
		this.socket.passSeconds(31);
		assertThat(this.socket.kinds()).contains(OutboundFrame.Kind.PING);
		assertThat(this.eventLoop).isEmpty();
	}

	@Test
	void leavesTheEndOfATokenToWorkersThoughTheHubComesFirst() {
		Duration skew = this.socket.context.settings().timing().clockSkew();
		this.socket.tokens.add("brief", "alice", ConnectionHarness.START.plusSeconds(10).minus(skew));
		this.socket.say(ConnectionHarness.AUTHENTICATE.formatted("brief"));
		this.socket.passUnseen(Duration.ofSeconds(10));
		this.session.tell(transaction());
		assertThat(this.socket.closed).isEqualTo(CloseReason.UNAUTHENTICATED);
		assertThat(this.eventLoop).isEmpty();
	}

	@Test
	void leavesDrainingToWorkers() {
		this.socket.stuck = true;
		this.session.tell(transaction());
		this.socket.connection.drain();
		int before = this.eventLoop.size();
		this.session.tell(transaction());
		this.socket.unstick();
		assertThat(this.eventLoop).hasSize(before);
		assertThat(this.socket.types()).containsExactly("transaction", "transaction", "goaway");
	}

	/**
	 * Subscribed, and known to have everything in memory.
	 */
	private FakeSessions.FakeSession fed() {
		FakeSessions.FakeSession fed = this.socket.authenticated().subscribed();
		fed.inMemory = true;
		this.socket.say("{\"type\":\"unsubscribe\",\"subscription_id\":\"another\"}");
		this.socket.chunks.clear();
		this.socket.frames.clear();
		this.eventLoop.clear();
		return fed;
	}

	/**
	 * Something has to leave before anything else is due.
	 */
	private static WebSocketSettings impatient() {
		WebSocketSettings defaults = WebSocketSettings.defaults();
		WebSocketSettings.Timing timing = defaults.timing();
		return new WebSocketSettings(defaults.path(), defaults.allowedOrigins(),
				new WebSocketSettings.Timing(timing.authentication(), timing.ping(), Duration.ofSeconds(2),
						timing.mark(), timing.clockSkew(), timing.drain(), timing.reconnect()),
				defaults.limits());
	}

	private static SubscriptionEvent transaction() {
		return Events.transaction(null, null, true, Events.insert("s"));
	}

}
