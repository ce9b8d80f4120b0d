package io.kalam.websocket;

import io.kalam.protocol.CloseReason;
import io.kalam.protocol.Events;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a connection pings, marks and gives up.
 */
class LivenessTests {

	private final ConnectionHarness socket = new ConnectionHarness();

	@AfterEach
	void transportWasUsedAsItShould() {
		assertThat(this.socket.violations).isEmpty();
	}

	@Test
	void pingsAndClosesWhenNobodyAnswers() {
		this.socket.authenticated().passSeconds(20);
		assertThat(this.socket.kinds()).containsOnlyOnce(OutboundFrame.Kind.PING);
		this.socket.passSeconds(19);
		assertThat(this.socket.closed).isNull();
		this.socket.passSeconds(1);
		assertThat(this.socket.closed).isEqualTo(CloseReason.STALLED);
	}

	@Test
	void anyFrameIsASignOfLife() {
		this.socket.authenticated();
		for (int i = 0; i < 100; i++) {
			this.socket.passSeconds(30).receive(new InboundFrame.Pong());
		}
		assertThat(this.socket.closed).isNull();
		assertThat(this.socket.kinds().stream().filter((kind) -> kind == OutboundFrame.Kind.PING)).hasSize(150);
	}

	@Test
	void closesWhenNothingCanBeWritten() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		this.socket.stuck = true;
		session.tell(Events.batch("s", 0, true, "{\"id\":1}"));
		this.socket.passSeconds(59);
		assertThat(this.socket.closed).isNull();
		this.socket.passSeconds(1);
		assertThat(this.socket.closed).isEqualTo(CloseReason.STALLED);
		assertThat(session.calls).contains("close");
	}

	@Test
	void bytesThatLeaveAreProgress() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		this.socket.stuck = true;
		session.tell(Events.batch("s", 0, true, "{\"id\":1}"));
		for (int i = 0; i < 20; i++) {
			this.socket.pending++;
			this.socket.passSeconds(50);
		}
		assertThat(this.socket.closed).isNull();
		this.socket.unstick();
		assertThat(this.socket.passSeconds(39).closed).isNull();
		assertThat(this.socket.passSeconds(1).closed).isEqualTo(CloseReason.STALLED);
	}

	@Test
	void slowClientIsThere() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		for (int i = 0; i < 20; i++) {
			this.socket.stuck = true;
			session.tell(Events.batch("s", i, true, "{\"id\":1}"));
			this.socket.passSeconds(30).unstick();
		}
		assertThat(this.socket.closed).isNull();
	}

	@Test
	void marksWhenIdle() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		this.socket.passSeconds(9);
		assertThat(session.calls).doesNotContain("mark");
		session.tell(Events.transaction(null, null, true, Events.insert("s")));
		this.socket.passSeconds(9);
		assertThat(session.calls).doesNotContain("mark");
		this.socket.passSeconds(1);
		assertThat(session.calls).containsOnlyOnce("mark");
		this.socket.passSeconds(10);
		assertThat(session.calls.stream().filter("mark"::equals)).hasSize(2);
	}

	@Test
	void sendsAwayWhenTheServerStops() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		this.socket.stuck = true;
		session.tell(Events.batch("s", 0, false, "{\"id\":1}"));
		this.socket.connection.drain();
		session.tell(new SubscriptionEvent.Mark(null, new Sequence(7), null));
		assertThat(session.calls).contains("mark");
		this.socket.unstick();
		assertThat(this.socket.types()).containsExactly("initial_data_batch", "mark", "goaway");
		assertThat(this.socket.lastFrame().path("retry_after_ms").asInt()).isBetween(0, 5000);
		assertThat(this.socket.closed).isEqualTo(CloseReason.GOING_AWAY);
		assertThat(session.calls).endsWith("close");
	}

	@Test
	void drainingEndsThoughTheClientDoesNotRead() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		this.socket.stuck = true;
		session.tell(Events.batch("s", 0, false, "{\"id\":1}"));
		this.socket.connection.drain();
		this.socket.passSeconds(8);
		assertThat(this.socket.closed).isEqualTo(CloseReason.GOING_AWAY);
	}

	@Test
	void idleConnectionIsWokenOnlyWhenSomethingIsDue() {
		this.socket.authenticated();
		int chunks = this.socket.chunks.size();
		this.socket.passSeconds(19);
		assertThat(this.socket.chunks).hasSize(chunks);
	}

}
