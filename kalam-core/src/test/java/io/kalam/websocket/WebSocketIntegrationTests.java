package io.kalam.websocket;

import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.PipelineStatus;
import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How a real client comes to a real server and how it leaves.
 */
@ParameterizedClass
@EnumSource
class WebSocketIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static TestServer server;

	@Parameter
	private TestContainer.Stack stack;

	@BeforeParameterizedClassInvocation
	static void start(TestContainer.Stack stack) {
		WebSocketSettings.Timing timing = new WebSocketSettings.Timing(Duration.ofSeconds(1), Duration.ofSeconds(20),
				Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(5),
				Duration.ofSeconds(5));
		server = new TestServer(stack, new WebSocketSettings("/v1/ws", List.of("https://*.example.com"), timing,
				WebSocketSettings.Limits.defaults()));
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		server.close();
	}

	@Test
	void authenticatesWithFirstMessage() {
		try (RealtimeTestSocket socket = connect()) {
			socket.authenticate("alice");
			assertThat(socket.await("auth_success").path("user").asString()).isEqualTo("alice");
		}
	}

	@Test
	void authenticatesWithHeader() {
		try (RealtimeTestSocket socket = connect("Authorization", "bearer alice")) {
			assertThat(socket.await("auth_success").path("user").asString()).isEqualTo("alice");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			kalamdb.jwt.alice | kalamdb.jwt.alice
			kalamdb.jwt.alice, kalamdb.v1 | kalamdb.v1
			graphql-ws, kalamdb.v1, kalamdb.jwt.alice | kalamdb.v1
			""")
	void authenticatesWithSubProtocol(String offered, String selected) {
		try (RealtimeTestSocket socket = connect("Sec-WebSocket-Protocol", offered)) {
			assertThat(socket.raw().getSubprotocol()).isEqualTo(selected);
			assertThat(socket.await("auth_success").path("user").asString()).isEqualTo("alice");
		}
	}

	@Test
	void badTokenIsToldBeforeTheClose() {
		try (RealtimeTestSocket socket = connect("Authorization", "Bearer forged")) {
			assertThat(socket.awaitClosed().code()).isEqualTo(4401);
			socket.await("auth_error");
		}
	}

	@Test
	void nobodyInTime() {
		try (RealtimeTestSocket socket = connect()) {
			assertThat(socket.awaitClosed().code()).isEqualTo(4408);
		}
	}

	@Test
	void tokenExpires() {
		server.tokens.add("brief", "alice", Instant.now());
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "brief")) {
			assertThat(socket.awaitClosed().code()).isEqualTo(4401);
		}
	}

	@Test
	void tokenOfTheSameUserAndOfAnother() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			socket.authenticate("alice");
			socket.await("auth_success");
			socket.authenticate("bob");
			assertThat(socket.awaitClosed().code()).isEqualTo(4403);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "http://evil.example", "https://example.com", "https://example.com.evil.example",
			"http://127.0.0.1:1", "127.0.0.1", "file://", "%%%" })
	void foreignOriginIsRefused(String origin) {
		assertThat(statusFor(server.uri(), "Origin", origin)).isEqualTo(403);
	}

	@Test
	void knownOriginIsAccepted() {
		for (String origin : List.of("http://127.0.0.1:" + server.uri().getPort(), "https://desk.example.com")) {
			try (RealtimeTestSocket socket = connect("Origin", origin)) {
				socket.authenticate("alice");
				socket.await("auth_success");
			}
		}
	}

	@Test
	void tokenInQueryIsRefused() {
		assertThat(statusFor(URI.create(server.uri() + "?access_token=alice"), "X-Test", "1")).isEqualTo(400);
	}

	@Test
	void tokensDoNotReachTheLog() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		Logger own = (Logger) LoggerFactory.getLogger("io.kalam");
		Level level = root.getLevel();
		Level ownLevel = own.getLevel();
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		server.tokens.add("s3cr3t-token", "alice", Instant.now().plusSeconds(60));
		root.addAppender(log);
		root.getAppender("CONSOLE").stop();
		root.setLevel(Level.TRACE);
		own.setLevel(Level.TRACE);
		try {
			connect("Authorization", "Bearer s3cr3t-token").close();
			connect("Sec-WebSocket-Protocol", "kalamdb.jwt.s3cr3t-token").close();
			statusFor(URI.create(server.uri() + "?other=1"), "Origin", "null");
			RealtimeTestSocket.authenticated(server.uri(), "s3cr3t-token").close();
			try (RealtimeTestSocket socket = connect()) {
				socket.authenticate("s3cr3t-token2");
				assertThat(socket.awaitClosed().code()).isEqualTo(4401);
			}
		}
		finally {
			root.setLevel(level);
			own.setLevel(ownLevel);
			root.getAppender("CONSOLE").start();
			root.detachAppender(log);
		}
		assertThat(List.copyOf(log.list)).isNotEmpty()
			.noneMatch((event) -> event.getFormattedMessage().contains("s3cr3t"));
	}

	@Test
	void stoppingSendsEveryoneAway() {
		try (TestServer stopping = new TestServer(this.stack, WebSocketSettings.defaults())) {
			List<RealtimeTestSocket> sockets = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				sockets.add(RealtimeTestSocket.authenticated(stopping.uri(), "alice"));
			}
			assertThat(stopping.connections.count()).isEqualTo(20);
			stopping.connections.drain(Mono.empty()).block(PATIENCE);
			assertThat(stopping.connections.count()).isZero();
			assertThat(sockets).extracting((socket) -> socket.await("goaway").path("retry_after_ms").asInt())
				.allMatch((delay) -> delay >= 0 && delay <= 5000)
				.satisfies((delays) -> assertThat(Set.copyOf(delays)).hasSizeGreaterThan(10));
			assertThat(sockets).allMatch((socket) -> socket.awaitClosed().code() == 1001);
			assertThat(statusFor(stopping.uri(), "X-Test", "1")).isEqualTo(503);
		}
	}

	@Test
	void standingByServesNobodyUntilChangesAreStreamedAgain() {
		try (TestServer waiting = new TestServer(this.stack, WebSocketSettings.defaults());
				RealtimeTestSocket socket = RealtimeTestSocket.authenticated(waiting.uri(), "alice")) {
			waiting.connections.follow(status(PipelineState.RETRYING));
			RealtimeTestSocket.authenticated(waiting.uri(), "bob").close();
			waiting.connections.follow(status(PipelineState.STANDBY));
			assertThat(socket.awaitClosed().code()).isEqualTo(1001);
			socket.await("goaway");
			for (PipelineState state : List.of(PipelineState.STANDBY, PipelineState.RETRYING, PipelineState.STARTING,
					PipelineState.DOWN)) {
				waiting.connections.follow(status(state));
				HttpResponse<?> refusal = refusalOf(waiting.uri(), "X-Test", "1");
				assertThat(refusal.statusCode()).isEqualTo(503);
				assertThat(refusal.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 6L);
			}
			waiting.connections.follow(status(PipelineState.STREAMING));
			RealtimeTestSocket.authenticated(waiting.uri(), "alice").close();
		}
	}

	private static PipelineStatus status(PipelineState state) {
		return new PipelineStatus(state, Instant.EPOCH, "");
	}

	private static RealtimeTestSocket connect() {
		return RealtimeTestSocket.connect(server.uri());
	}

	private static RealtimeTestSocket connect(String header, String value) {
		return RealtimeTestSocket.connect(server.uri(), Map.of(header, value));
	}

	private static int statusFor(URI uri, String header, String value) {
		return refusalOf(uri, header, value).statusCode();
	}

	private static HttpResponse<?> refusalOf(URI uri, String header, String value) {
		CompletionException[] refused = new CompletionException[1];
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> RealtimeTestSocket.connect(uri, Map.of(header, value)))
			.satisfies((ex) -> refused[0] = ex);
		return ((WebSocketHandshakeException) refused[0].getCause()).getResponse();
	}

}
