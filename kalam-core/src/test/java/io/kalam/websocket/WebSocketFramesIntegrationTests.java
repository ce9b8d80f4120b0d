package io.kalam.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.kalam.protocol.Events;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.testing.RealtimeTestSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a real client may send to a real server, and what it is sent, whole and in order.
 */
@ParameterizedClass
@EnumSource
class WebSocketFramesIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static TestServer server;

	@Parameter
	private TestContainer.Stack stack;

	@BeforeParameterizedClassInvocation
	static void start(TestContainer.Stack stack) {
		server = new TestServer(stack, WebSocketSettings.defaults());
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		server.close();
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
			String answer = readUpTo("\u0003\u00f1message too large", socket.getInputStream());
			assertThat(answer).contains("MESSAGE_TOO_LARGE");
		}
	}

	private static String readUpTo(String end, InputStream input) throws IOException {
		StringBuilder answer = new StringBuilder();
		while (answer.indexOf(end) < 0) {
			int next = input.read();
			assertThat(next).as(answer.toString()).isNotNegative();
			answer.append((char) next);
		}
		return answer.toString();
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

	/**
	 * More of them than the server has threads for requests.
	 */
	@Test
	void clientsThatStopReadingKeepNoThread() {
		List<RealtimeTestSocket> slow = Stream.generate(() -> RealtimeTestSocket.authenticated(server.uri(), "alice"))
			.limit(8)
			.toList();
		List<FakeSessions.FakeSession> busy = slow.stream().map((socket) -> subscribe(socket)).toList();
		slow.forEach(RealtimeTestSocket::pause);
		busy.forEach((session) -> session.tellForEver(batch()));
		List<Integer> polled = new ArrayList<>();
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
			List<Integer> before = List.copyOf(polled);
			polled.clear();
			busy.forEach((session) -> polled.add(session.polled));
			return before.equals(polled);
		});
		try (RealtimeTestSocket other = RealtimeTestSocket.authenticated(server.uri(), "bob")) {
			subscribe(other).tell(batch());
			other.await("initial_data_batch");
			other.send("{\"type\":\"ping\"}");
			other.await("pong");
		}
		slow.forEach(RealtimeTestSocket::close);
		Awaitility.await().atMost(PATIENCE).until(() -> server.connections.count() == 0);
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

	private static SubscriptionEvent batch() {
		return Events.batch("s", 0, true, "{\"id\":\"" + "x".repeat(10_000) + "\"}");
	}

	private static FakeSessions.FakeSession subscribe(RealtimeTestSocket socket) {
		int before = server.sessions.opened.size();
		socket.subscribe("s", "SELECT * FROM tickets");
		Awaitility.await().atMost(PATIENCE).until(() -> server.sessions.opened.size() > before);
		return server.sessions.opened.get(before);
	}

	private static void join(CompletableFuture<WebSocket> sent) {
		sent.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
	}

}
