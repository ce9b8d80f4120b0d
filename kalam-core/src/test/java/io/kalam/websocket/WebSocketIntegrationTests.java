package io.kalam.websocket;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kalam.protocol.Events;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.testing.RealtimeTestSocket;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A real client against a real server: what a socket sees on the wire.
 */
class WebSocketIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final ListAppender<ILoggingEvent> leaks = new ListAppender<>();

	private static TestServer server;

	@BeforeAll
	static void start() {
		leaks.start();
		((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(leaks);
		WebSocketSettings.Timing timing = new WebSocketSettings.Timing(Duration.ofSeconds(1), Duration.ofSeconds(20),
				Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(5),
				Duration.ofSeconds(5));
		server = new TestServer(new WebSocketSettings("/v1/ws", List.of("https://*.example.com"), timing,
				WebSocketSettings.Limits.defaults()));
	}

	@AfterAll
	static void stop() {
		server.close();
		System.gc();
		PooledByteBufAllocator.DEFAULT.directBuffer().release();
		assertThat(leaks.list).isEmpty();
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
	void tenMegabytesAreAnsweredAndClosed() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			socket.raw().sendText("x".repeat(10_000_000), true);
			assertThat(socket.awaitClosed().code()).isEqualTo(1009);
			assertThat(socket.await("error").path("code").asString()).isEqualTo("MESSAGE_TOO_LARGE");
		}
	}

	/**
	 * The close frame must not be lost to a reset of the connection.
	 */
	@Test
	void clientThatListensOnlyAfterItHasSentTenMegabytesIsTold() throws IOException {
		try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
			socket.setSoTimeout((int) PATIENCE.toMillis());
			socket.getOutputStream().write("""
					GET /v1/ws HTTP/1.1\r
					Host: localhost\r
					Authorization: Bearer alice\r
					Upgrade: websocket\r
					Connection: keep-alive, Upgrade\r
					Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
					Sec-WebSocket-Version: 13\r
					\r
					""".getBytes(StandardCharsets.US_ASCII));
			assertThat(socket.getInputStream().readNBytes(12)).asString(StandardCharsets.US_ASCII)
				.isEqualTo("HTTP/1.1 101");
			ByteBuffer frame = ByteBuffer.allocate(14 + 10_000_000);
			frame.put((byte) 0x81).put((byte) 0xff).putLong(10_000_000);
			socket.getOutputStream().write(frame.array());
			socket.shutdownOutput();
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			assertThat(answer).contains("MESSAGE_TOO_LARGE").endsWith("\u0003\u00f1message too large");
		}
	}

	@Test
	void fragmentsThatAreTooMuchAreAnsweredAndClosed() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(socket.raw());
			for (int i = 0; i < 100; i++) {
				sent = sent.thenCompose((raw) -> raw.sendText("x".repeat(10_000), false));
			}
			assertThat(socket.awaitClosed().code()).isEqualTo(1009);
			assertThat(socket.await("error").path("code").asString()).isEqualTo("MESSAGE_TOO_LARGE");
		}
	}

	@Test
	void fragmentsOfOneByteAreOneMessage() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			String message = "{\"type\":\"ping\"" + " ".repeat(5000) + "}";
			for (int i = 0; i < message.length(); i++) {
				join(socket.raw().sendText(message.substring(i, i + 1), i == message.length() - 1));
			}
			socket.await("pong");
		}
	}

	@Test
	void pingInTheMiddleOfAMessageIsAnswered() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			join(socket.raw().sendText("{\"type\":", false));
			join(socket.raw().sendPing(ByteBuffer.wrap(new byte[7])));
			socket.await((frame) -> frame.path("pong").asInt(0) == 7);
			join(socket.raw().sendText("\"ping\"}", true));
			socket.await("pong");
		}
	}

	@Test
	void floodOfPingsIsClosed() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(socket.raw());
			for (int i = 0; i < 10_000; i++) {
				sent = sent.thenCompose((raw) -> raw.sendPing(ByteBuffer.allocate(100)));
			}
			assertThat(socket.awaitClosed().code()).isEqualTo(4429);
			assertThat(socket.await("error").path("code").asString()).isEqualTo("RATE_LIMIT_EXCEEDED");
		}
	}

	@Test
	void brokenJsonIsAnsweredAndClosed() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			socket.send("{\"type\":");
			assertThat(socket.awaitClosed()).isEqualTo(new RealtimeTestSocket.Closed(4400, "malformed message"));
			assertThat(socket.await("error").path("code").asString()).isEqualTo("PROTOCOL");
		}
	}

	@Test
	void binaryIsAnsweredAndClosed() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			join(socket.raw().sendBinary(ByteBuffer.allocate(10), true));
			assertThat(socket.awaitClosed().code()).isEqualTo(4400);
			assertThat(socket.await("error").path("code").asString()).isEqualTo("PROTOCOL");
		}
	}

	@Test
	void closingByTheClientEndsTheSession() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			FakeSessions.FakeSession session = subscribe(socket);
			join(socket.raw().sendClose(1000, ""));
			assertThat(socket.awaitClosed().code()).isEqualTo(1000);
			Awaitility.await().atMost(PATIENCE).until(() -> session.calls.contains("close"));
		}
	}

	@Test
	void abortByTheClientEndsTheSession() {
		FakeSessions.FakeSession session;
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			session = subscribe(socket);
		}
		Awaitility.await().atMost(PATIENCE).until(() -> session.calls.contains("close"));
	}

	@Test
	void clientThatStopsReadingCostsNothingAndDisturbsNobody() {
		try (RealtimeTestSocket slow = RealtimeTestSocket.authenticated(server.uri(), "alice");
				RealtimeTestSocket other = RealtimeTestSocket.authenticated(server.uri(), "bob")) {
			FakeSessions.FakeSession busy = subscribe(slow);
			FakeSessions.FakeSession calm = subscribe(other);
			slow.pause();
			busy.tellForEver(batch());
			int[] polled = { -1 };
			Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
				int before = polled[0];
				polled[0] = busy.polled;
				return before == polled[0];
			});
			assertThat(polled[0] * 10_000L).isBetween(1L, 32_000_000L);
			for (int i = 0; i < 100; i++) {
				calm.tell(batch());
				other.await("initial_data_batch");
			}
			slow.resume();
			Awaitility.await().atMost(PATIENCE).until(() -> busy.polled > polled[0] + 1000);
		}
	}

	@Test
	void everyFrameComesInOrder() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			FakeSessions.FakeSession session = subscribe(socket);
			for (int i = 0; i < 5000; i++) {
				session.tell(Events.batch("s", i, true, "{\"id\":1}"));
			}
			socket.await((frame) -> frame.path("batch_control").path("batch_num").asInt(0) == 4999);
			assertThat(socket.frames().stream().filter((frame) -> frame.has("batch_control"))).hasSize(5000)
				.extracting((frame) -> frame.path("batch_control").path("batch_num").asInt())
				.isSorted();
		}
	}

	@Test
	void largeFrameComesWhole() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			String row = "{\"id\":\"" + "ü€😀".repeat(100_000) + "\"}";
			subscribe(socket).tell(Events.batch("s", 0, true, row));
			assertThat(socket.await("initial_data_batch").path("rows").path(0).path("id").asString())
				.isEqualTo("ü€😀".repeat(100_000));
		}
	}

	@Test
	void tokensDoNotReachTheLog() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		Level level = root.getLevel();
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		server.tokens.add("s3cr3t-token", "alice", Instant.now().plusSeconds(60));
		root.addAppender(log);
		root.getAppender("CONSOLE").stop();
		root.setLevel(Level.TRACE);
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
			root.getAppender("CONSOLE").start();
			root.detachAppender(log);
		}
		assertThat(List.copyOf(log.list)).isNotEmpty()
			.noneMatch((event) -> event.getFormattedMessage().contains("s3cr3t"));
	}

	@Test
	void stoppingSendsEveryoneAway() {
		try (TestServer stopping = new TestServer(WebSocketSettings.defaults())) {
			List<RealtimeTestSocket> sockets = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				sockets.add(RealtimeTestSocket.authenticated(stopping.uri(), "alice"));
			}
			assertThat(stopping.connections.count()).isEqualTo(20);
			stopping.connections.drain().block(PATIENCE);
			assertThat(stopping.connections.count()).isZero();
			assertThat(sockets).extracting((socket) -> socket.await("goaway").path("retry_after_ms").asInt())
				.allMatch((delay) -> delay >= 0 && delay <= 5000)
				.doesNotHaveDuplicates();
			assertThat(sockets).allMatch((socket) -> socket.awaitClosed().code() == 1001);
			assertThat(statusFor(stopping.uri(), "X-Test", "1")).isEqualTo(503);
		}
	}

	private static SubscriptionEvent batch() {
		return Events.batch("s", 0, true, "{\"id\":\"" + "x".repeat(10_000) + "\"}");
	}

	private static FakeSessions.FakeSession subscribe(RealtimeTestSocket socket) {
		int before = server.sessions.opened.size();
		socket.subscribe("s", "SELECT * FROM tickets");
		Awaitility.await().atMost(PATIENCE).until(() -> server.sessions.opened.size() > before);
		return server.sessions.opened.get(before);
	}

	private static RealtimeTestSocket connect() {
		return RealtimeTestSocket.connect(server.uri());
	}

	private static RealtimeTestSocket connect(String header, String value) {
		return RealtimeTestSocket.connect(server.uri(), Map.of(header, value));
	}

	private static int statusFor(URI uri, String header, String value) {
		CompletionException[] refused = new CompletionException[1];
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> RealtimeTestSocket.connect(uri, Map.of(header, value)))
			.satisfies((ex) -> refused[0] = ex);
		return ((WebSocketHandshakeException) refused[0].getCause()).getResponse().statusCode();
	}

	private static void join(CompletableFuture<WebSocket> sent) {
		sent.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
	}

}
