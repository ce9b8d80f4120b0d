package io.kalam.websocket;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.access.RealtimeUser;
import io.kalam.protocol.CloseReason;
import io.kalam.protocol.Events;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who is connected, for how long, and that nothing is delivered afterwards.
 */
class AuthenticationTests {

	private static final String AUTHENTICATE = ConnectionHarness.AUTHENTICATE;

	private final ConnectionHarness socket = new ConnectionHarness();

	@AfterEach
	void transportWasUsedAsItShould() {
		assertThat(this.socket.violations).isEmpty();
	}

	@Test
	void authenticatesWithFirstMessage() {
		this.socket.open(null).say(AUTHENTICATE.formatted("alice"));
		assertThat(this.socket.lastFrame().path("type").asString()).isEqualTo("auth_success");
		assertThat(this.socket.lastFrame().path("user").asString()).isEqualTo("alice");
		assertThat(this.socket.lastFrame().path("protocol").path("transactions").asBoolean()).isTrue();
		assertThat(this.socket.passSeconds(10).closed).isNull();
	}

	@Test
	void authenticatesWithTokenOfUpgradeRequest() {
		this.socket.open("alice");
		assertThat(this.socket.types()).containsExactly("auth_success");
		assertThat(this.socket.lastFrame().path("protocol").path("transactions").asBoolean(true)).isFalse();
	}

	@Test
	void transactionsCanBeChosenUntilTheFirstSubscription() {
		this.socket.open("alice").say(AUTHENTICATE.formatted("alice"));
		assertThat(this.socket.lastFrame().path("protocol").path("transactions").asBoolean()).isTrue();
		FakeSessions.FakeSession session = this.socket.subscribed();
		assertThat(session.settings.transactions()).isTrue();
		this.socket.say(AUTHENTICATE.formatted("alice").replace("true", "false"));
		assertThat(this.socket.lastFrame().path("protocol").path("transactions").asBoolean()).isTrue();
	}

	@Test
	void nobodyInTime() {
		this.socket.open(null).pass(Duration.ofMillis(2999));
		assertThat(this.socket.closed).isNull();
		assertThat(this.socket.pass(Duration.ofMillis(1)).closed).isEqualTo(CloseReason.AUTHENTICATION_TIMEOUT);
		assertThat(this.socket.listener.told).containsExactly(CloseReason.AUTHENTICATION_TIMEOUT);
	}

	@Test
	void otherMessagesDoNotExtendTheTime() {
		this.socket.open(null).passSeconds(2).say("{\"type\":\"ping\"}").say("{\"type\":\"nonsense\"}").say("{}");
		assertThat(this.socket.frames)
			.allSatisfy((frame) -> assertThat(frame.path("code").asString()).isEqualTo("AUTH_REQUIRED"))
			.hasSize(3);
		assertThat(this.socket.passSeconds(1).closed).isEqualTo(CloseReason.AUTHENTICATION_TIMEOUT);
	}

	@Test
	void badTokenIsRefusedWithoutDetail() {
		this.socket.open(null).say(AUTHENTICATE.formatted("forged"));
		assertThat(this.socket.types()).containsExactly("auth_error");
		assertThat(this.socket.lastFrame().toString()).doesNotContain("secret", "forged");
		assertThat(this.socket.closed).isEqualTo(CloseReason.UNAUTHENTICATED);
		assertThat(this.socket.listener.told).containsExactly(AuthenticationFailure.INVALID,
				CloseReason.UNAUTHENTICATED);
	}

	@Test
	void badTokenOfUpgradeRequestIsRefused() {
		this.socket.open("forged");
		assertThat(this.socket.types()).containsExactly("auth_error");
		assertThat(this.socket.closed).isEqualTo(CloseReason.UNAUTHENTICATED);
	}

	@Test
	void tokenWithoutExpiryIsRefused() {
		this.socket.tokens.add("eternal", "alice", null);
		assertThat(this.socket.open("eternal").closed).isEqualTo(CloseReason.UNAUTHENTICATED);
		assertThat(this.socket.types()).containsExactly("auth_error");
		assertThat(this.socket.listener.told).containsExactly(AuthenticationFailure.EXPIRED,
				CloseReason.UNAUTHENTICATED);
	}

	@Test
	void tokenWithoutUserIsRefused() {
		this.socket.tokens.add("nobody",
				Mono.just(Jwt.withTokenValue("nobody")
					.header("alg", "none")
					.expiresAt(ConnectionHarness.START.plusSeconds(60))
					.build()));
		assertThat(this.socket.open("nobody").closed).isEqualTo(CloseReason.UNAUTHENTICATED);
		assertThat(this.socket.lastFrame().path("message").asString()).contains("no claim 'sub'");
		assertThat(this.socket.listener.told).containsExactly(AuthenticationFailure.NO_USER,
				CloseReason.UNAUTHENTICATED);
	}

	@Test
	void missingTokenIsRefused() {
		this.socket.open(null).say("{\"type\":\"authenticate\",\"method\":\"basic\",\"token\":\"alice\"}");
		assertThat(this.socket.types()).containsExactly("auth_error");
		assertThat(this.socket.closed).isEqualTo(CloseReason.UNAUTHENTICATED);
		assertThat(this.socket.listener.told).containsExactly(AuthenticationFailure.NO_TOKEN,
				CloseReason.UNAUTHENTICATED);
	}

	@Test
	void tokenThatCannotBeCheckedIsNotTheClientsFault() {
		this.socket.tokens.add("unknown", Mono.error(new IllegalStateException("issuer away")));
		assertThat(this.socket.open("unknown").closed).isEqualTo(CloseReason.SERVER_ERROR);
		assertThat(this.socket.frames).isEmpty();
		assertThat(this.socket.listener.told).containsExactly(AuthenticationFailure.UNAVAILABLE,
				CloseReason.SERVER_ERROR);
	}

	@Test
	void checkIsBounded() {
		this.socket.tokens.add("slow", Mono.never());
		this.socket.open("slow").passSeconds(9);
		assertThat(this.socket.closed).isNull();
		assertThat(this.socket.passSeconds(1).closed).isEqualTo(CloseReason.SERVER_ERROR);
	}

	@Test
	void messagesWaitUntilTheTokenHasBeenChecked() {
		Sinks.One<Jwt> answer = Sinks.one();
		this.socket.tokens.add("slow", answer.asMono());
		this.socket.open(null).say(AUTHENTICATE.formatted("slow"));
		assertThat(this.socket.requested).isEqualTo(1);
		answer.tryEmitValue(jwt("alice", ConnectionHarness.START.plusSeconds(60)));
		assertThat(this.socket.requested).isEqualTo(2);
		assertThat(this.socket.types()).containsExactly("auth_success");
	}

	@Test
	void answerThatComesAfterTheClientHasGoneIsDropped() {
		Sinks.One<Jwt> answer = Sinks.one();
		this.socket.tokens.add("slow", answer.asMono());
		this.socket.open("slow").connection.disconnected();
		answer.tryEmitValue(jwt("alice", ConnectionHarness.START.plusSeconds(60)));
		assertThat(this.socket.frames).isEmpty();
		assertThat(this.socket.context.users().count()).isZero();
	}

	@Test
	void nothingIsDeliveredAfterExpiryAndClockSkew() {
		this.socket.tokens.add("brief", "alice", ConnectionHarness.START.plusSeconds(10));
		FakeSessions.FakeSession session = this.socket.open("brief").subscribed();
		this.socket.live(69);
		session.tell(Events.transaction(null, null, true, Events.insert("s")));
		assertThat(this.socket.types()).containsExactly("auth_success", "change");
		this.socket.stuck = true;
		session.tell(Events.transaction(null, null, true, Events.insert("s")));
		session.tell(Events.transaction(null, null, true, Events.insert("s")));
		this.socket.say("{\"type\":\"nonsense\"}").passSeconds(1).unstick();
		assertThat(this.socket.types()).containsExactly("auth_success", "change", "change");
		assertThat(this.socket.closed).isEqualTo(CloseReason.UNAUTHENTICATED);
		assertThat(session.calls).endsWith("close");
	}

	@Test
	void sameUserGoesOnWithANewToken() {
		this.socket.tokens.add("brief", "alice", ConnectionHarness.START.plusSeconds(1));
		FakeSessions.FakeSession session = this.socket.open("brief").subscribed();
		this.socket.live(29).say(AUTHENTICATE.formatted("alice"));
		assertThat(session.calls).containsExactly("subscribe s", "mark", "mark", "reauthorize");
		assertThat(session.user.expiresAt()).isEqualTo(ConnectionHarness.START.plusSeconds(3600));
		assertThat(this.socket.live(300).closed).isNull();
		assertThat(this.socket.types()).containsExactly("auth_success", "auth_success");
	}

	@Test
	void anotherUserIsForbidden() {
		FakeSessions.FakeSession session = this.socket.authenticated().subscribed();
		this.socket.say(AUTHENTICATE.formatted("bob"));
		assertThat(this.socket.closed).isEqualTo(CloseReason.FORBIDDEN);
		assertThat(session.calls).doesNotContain("reauthorize").endsWith("close");
		assertThat(this.socket.frames).isEmpty();
		assertThat(this.socket.listener.told).containsExactly(AuthenticationFailure.OTHER_USER, CloseReason.FORBIDDEN);
	}

	@Test
	void badTokenLaterIsRefusedToo() {
		this.socket.authenticated().say(AUTHENTICATE.formatted("forged"));
		assertThat(this.socket.types()).containsExactly("auth_error");
		assertThat(this.socket.closed).isEqualTo(CloseReason.UNAUTHENTICATED);
	}

	@Test
	void tooManySocketsOfAUser() {
		ConnectedUsers users = this.socket.context.users();
		for (int i = 0; i < 20; i++) {
			assertThat(users.enter("alice")).isTrue();
		}
		this.socket.open("alice");
		assertThat(this.socket.lastFrame().path("code").asString()).isEqualTo("RATE_LIMIT_EXCEEDED");
		assertThat(this.socket.closed).isEqualTo(CloseReason.RATE_LIMIT);
		users.leave("alice");
		assertThat(users.enter("alice")).isTrue();
		assertThat(users.enter("bob")).isTrue();
	}

	@Test
	void convertsClaims() {
		List<GrantedAuthority> granted = List.of(new SimpleGrantedAuthority("ROLE_ADMIN"));
		JwtRealtimeUserConverter converter = new JwtRealtimeUserConverter("uid", (jwt) -> Flux.fromIterable(granted),
				Map.of("ROLE_ADMIN", "dba"));
		Instant expiry = ConnectionHarness.START;
		Map<String, Object> claims = Map.of("uid", 42L, "exp", expiry);
		assertThat(convert(converter, 42L))
			.isEqualTo(new RealtimeUser("42", null, "dba", Set.of("ROLE_ADMIN"), claims, expiry));
		assertThat(convert(new JwtRealtimeUserConverter("uid", "uid", (jwt) -> Flux.empty(), Map.of()), 42L).tenant())
			.isEqualTo("42");
		assertThat(convert(new JwtRealtimeUserConverter("uid", "exp", (jwt) -> Flux.empty(), Map.of()), 42L).tenant())
			.isNull();
		for (Object claim : List.of("", " ", 1.5, true, List.of("a"))) {
			assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> convert(converter, claim));
		}
	}

	private static RealtimeUser convert(JwtRealtimeUserConverter converter, Object claim) {
		return converter
			.convert(Jwt.withTokenValue("t")
				.header("alg", "none")
				.claim("uid", claim)
				.expiresAt(ConnectionHarness.START)
				.build())
			.block(Duration.ofSeconds(1));
	}

	private static Jwt jwt(String subject, Instant expiry) {
		return Jwt.withTokenValue("t").header("alg", "none").subject(subject).expiresAt(expiry).build();
	}

}
