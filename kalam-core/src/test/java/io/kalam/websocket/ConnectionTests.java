package io.kalam.websocket;

import java.time.Duration;
import java.time.Instant;

import io.kalam.protocol.CloseReason;
import io.kalam.protocol.Events;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SubscriptionEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a connection sends, when it closes, and that it stays bounded.
 */
class ConnectionTests {

	private static final InboundFrame PING = new InboundFrame.Ping(new byte[] { 1 });

	private final ConnectionHarness socket = new ConnectionHarness();

	@AfterEach
	void transportWasUsedAsItShould() {
		assertThat(this.socket.violations).isEmpty();
	}

	@Test
	void takesOneFrameAtATime() {
		this.socket.open(null);
		assertThat(this.socket.requested).isEqualTo(1);
		this.socket.say("{\"type\":\"ping\"}");
		assertThat(this.socket.requested).isEqualTo(2);
	}

	@Test
	void passesRequestsToTheSession() {
		this.socket.authenticated();
		this.socket.say("{\"type\":\"unsubscribe\",\"subscription_id\":\"s\"}");
		FakeSessions.FakeSession session = this.socket.subscribed();
		this.socket.say("{\"type\":\"next_batch\",\"subscription_id\":\"s\"}");
		this.socket.say("{\"type\":\"unsubscribe\",\"subscription_id\":\"s\"}");
		assertThat(session.calls).containsExactly("subscribe s", "next_batch s", "unsubscribe s");
		assertThat(session.settings.transactions()).isTrue();
		assertThat(session.settings.maxSubscriptions()).isEqualTo(100);
		assertThat(session.settings.maxBuffer()).isEqualTo(1024 * 1024);
	}

	@Test
	void sendsWhatTheSessionTells() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		session.tell(Events.acknowledged("s", false, true));
		session.tell(Events.batch("s", 0, false, "{\"id\":1}"));
		session.tell(new SubscriptionEvent.Failed("s", ErrorCode.RESYNC_REQUIRED, "Subscribe again."));
		assertThat(this.socket.types()).containsExactly("subscription_ack", "initial_data_batch", "error");
	}

	@Test
	void withoutTransactionsChangesAndNoPong() {
		this.socket.open("alice");
		FakeSessions.FakeSession session = this.socket.subscribed();
		this.socket.say("{\"type\":\"ping\"}");
		session.tell(Events.transaction(null, null, true, Events.insert("s")));
		assertThat(this.socket.types()).containsExactly("auth_success", "change");
	}

	@Test
	void answersPingMessage() {
		this.socket.authenticated().say("{\"type\":\"ping\"}");
		assertThat(this.socket.types()).containsExactly("pong");
	}

	@Test
	void answersPingFrameWithItsPayload() {
		this.socket.authenticated().receive(PING);
		assertThat(this.socket.chunks.get(this.socket.chunks.size() - 1)).singleElement()
			.satisfies((frame) -> assertThat(frame.kind()).isEqualTo(OutboundFrame.Kind.PONG))
			.satisfies((frame) -> assertThat(frame.payload()).containsExactly(1));
	}

	@Test
	void unknownMessageLeavesTheSocketOpen() {
		this.socket.authenticated().say("{\"type\":\"publish\"}");
		assertThat(this.socket.lastFrame().path("code").asString()).isEqualTo("PROTOCOL");
		assertThat(this.socket.closed).isNull();
	}

	@Test
	void anEventThatIsRefusedIsNamedAndCounted() {
		this.socket.authenticated().say("{\"type\":\"publish\",\"id\":\"p\",\"table\":\"typing\",\"row\":{}}");
		assertThat(this.socket.lastFrame().path("code").asString()).isEqualTo("NOT_FOUND");
		assertThat(this.socket.lastFrame().path("publish_id").asString()).isEqualTo("p");
		assertThat(this.socket.listener.told).containsOnlyOnce(PublishRefusal.NOT_FOUND);
	}

	@ParameterizedTest
	@CsvSource({ "NOT_FOUND, NOT_FOUND", "UNAUTHORIZED, UNAUTHORIZED", "CONVERSION_ERROR, INVALID",
			"UNSUPPORTED, UNSUPPORTED", "SUBSCRIPTION_LIMIT_EXCEEDED, TOO_MANY_HELD", "SUBSCRIPTION_FAILED, FAILED" })
	void whyAnEventIsRefusedIsOneOfAFewReasons(ErrorCode code, PublishRefusal reason) {
		assertThat(PublishRefusal.of(code)).isEqualTo(reason);
	}

	@Test
	void wrongSubscriptionIsNamed() {
		this.socket.authenticated().say("{\"type\":\"subscribe\",\"subscription\":{\"id\":\"s\"}}");
		assertThat(this.socket.lastFrame().path("code").asString()).isEqualTo("PROTOCOL");
		assertThat(this.socket.lastFrame().path("subscription_id").asString()).isEqualTo("s");
		assertThat(this.socket.closed).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[]", "" })
	void brokenJsonIsAnsweredAndClosed(String message) {
		this.socket.authenticated().say(message);
		assertThat(this.socket.lastFrame().path("code").asString()).isEqualTo("PROTOCOL");
		assertThat(this.socket.closed).isEqualTo(CloseReason.MALFORMED);
	}

	@Test
	void binaryIsAnsweredAndClosed() {
		this.socket.authenticated().receive(new InboundFrame.Binary());
		assertThat(this.socket.lastFrame().path("code").asString()).isEqualTo("PROTOCOL");
		assertThat(this.socket.closed).isEqualTo(CloseReason.MALFORMED);
	}

	@Test
	void hugeMessageIsAnsweredAndClosed() {
		this.socket.authenticated().receive(new InboundFrame.TooLarge());
		assertThat(this.socket.lastFrame().path("code").asString()).isEqualTo("MESSAGE_TOO_LARGE");
		assertThat(this.socket.closed).isEqualTo(CloseReason.MESSAGE_TOO_LARGE);
	}

	@Test
	void floodIsAnsweredAndClosed() {
		this.socket.authenticated();
		for (int i = 0; i < 149; i++) {
			this.socket.receive(PING);
		}
		assertThat(this.socket.closed).isNull();
		this.socket.receive(PING);
		assertThat(this.socket.lastFrame().path("code").asString()).isEqualTo("RATE_LIMIT_EXCEEDED");
		assertThat(this.socket.closed).isEqualTo(CloseReason.RATE_LIMIT);
		this.socket.receive(PING).say("{");
		assertThat(this.socket.frames).hasSize(1);
	}

	@Test
	void allowedRateGoesOnForEver() {
		this.socket.authenticated();
		for (int i = 0; i < 1000; i++) {
			this.socket.receive(PING).pass(Duration.ofMillis(20));
		}
		assertThat(this.socket.closed).isNull();
	}

	@Test
	void oneChunkInFlight() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		String row = "{\"id\":\"" + "x".repeat(10_000) + "\"}";
		this.socket.stuck = true;
		for (int i = 0; i < 1000; i++) {
			session.tell(Events.batch("s", i, true, row));
		}
		assertThat(session.polled).isEqualTo(1);
		this.socket.complete();
		assertThat(session.polled).isEqualTo(8);
	}

	@Test
	void chunkIsAboutSixtyFourKilobytes() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		this.socket.stuck = true;
		session.tell(Events.batch("s", 0, true, "{\"id\":1}"));
		for (int i = 0; i < 1000; i++) {
			session.tell(Events.batch("s", i, true, "{\"id\":\"" + "x".repeat(10_000) + "\"}"));
		}
		this.socket.unstick();
		int largest = this.socket.chunks.stream()
			.mapToInt((chunk) -> chunk.stream().mapToInt((frame) -> frame.payload().length).sum())
			.max()
			.orElseThrow();
		assertThat(largest).isBetween(64 * 1024, 64 * 1024 + 11_000);
		assertThat(this.socket.frames).hasSize(1001);
	}

	@Test
	void clientThatDoesNotReadIsNotReadFrom() {
		this.socket.authenticated();
		this.socket.stuck = true;
		for (int i = 0; i < 40; i++) {
			this.socket.say("{\"type\":\"ping\"}");
		}
		int requested = this.socket.requested;
		this.socket.receive(PING);
		assertThat(this.socket.requested).isEqualTo(requested);
		this.socket.unstick();
		assertThat(this.socket.requested).isEqualTo(requested + 1);
	}

	@Test
	void onlyTheLatestPingIsAnswered() {
		this.socket.authenticated().say("{\"type\":\"ping\"}");
		this.socket.stuck = true;
		this.socket.say("{\"type\":\"ping\"}");
		for (byte i = 0; i < 10; i++) {
			this.socket.receive(new InboundFrame.Ping(new byte[] { i }));
		}
		this.socket.unstick();
		assertThat(this.socket.chunks.get(this.socket.chunks.size() - 1)).singleElement()
			.satisfies((frame) -> assertThat(frame.payload()).containsExactly(9));
	}

	@Test
	void failureOfOursIsReportedWithoutDetail() {
		this.socket.authenticated();
		this.socket.sessions.onSubscribe = (session) -> {
			throw new IllegalStateException("secret detail");
		};
		this.socket.say(ConnectionHarness.SUBSCRIBE.formatted("s"));
		assertThat(this.socket.lastFrame().path("code").asString()).isEqualTo("SUBSCRIPTION_FAILED");
		assertThat(this.socket.lastFrame().path("subscription_id").asString()).isEqualTo("s");
		assertThat(this.socket.lastFrame().toString()).doesNotContain("secret");
		assertThat(this.socket.closed).isNull();
	}

	@Test
	void failureWhilePollingClosesTheSocket() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		session.tell(new SubscriptionEvent.Failed("s", null, "secret detail"));
		assertThat(this.socket.lastFrame().path("code").asString()).isEqualTo("SUBSCRIPTION_FAILED");
		assertThat(this.socket.lastFrame().toString()).doesNotContain("secret");
		assertThat(this.socket.closed).isEqualTo(CloseReason.SERVER_ERROR);
		assertThat(session.calls).endsWith("close");
	}

	@Test
	void disconnectingEndsTheSession() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		this.socket.connection.disconnected();
		assertThat(session.calls).endsWith("close");
		assertThat(this.socket.gone).isEqualTo(1);
		assertThat(this.socket.context.users().count()).isZero();
		assertThat(this.socket.closed).isNull();
	}

	@Test
	void isToldOfWhatWasWrittenAndNotOfWhatIsOnItsWay() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		this.socket.stuck = true;
		session.tell(Events.transaction(null, null, true, Events.insert("s")));
		assertThat(this.socket.listener.told).isEmpty();
		this.socket.unstick();
		assertThat(this.socket.listener.told).hasSize(1).first().isInstanceOf(Instant.class);
		session.tell(Events.transaction("s", null, true, Events.insert("s")));
		assertThat(this.socket.listener.told).hasSize(1);
	}

	@Test
	void sendsAwayWhoHasToComeBackWithANewToken() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		this.socket.connection.expel("bob");
		assertThat(this.socket.closed).isNull();
		this.socket.connection.expel("alice");
		assertThat(this.socket.closed).isEqualTo(CloseReason.UNAUTHENTICATED);
		assertThat(session.calls).endsWith("close");
	}

}
