package io.kalam.websocket;

import java.util.Map;

import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketIntegrationTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = new TestServer(WebSocketSettings.defaults());
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void authenticatesWithFirstMessage() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.connect(server.uri())) {
			socket.authenticate("alice");
			assertThat(socket.await("auth_success").path("user").asString()).isEqualTo("alice");
		}
	}

	@Test
	void authenticatesWithHeader() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.connect(server.uri(),
				Map.of("Authorization", "Bearer alice"))) {
			assertThat(socket.await("auth_success").path("user").asString()).isEqualTo("alice");
		}
	}

	@Test
	void messageThatIsTooLargeIsAnsweredAndClosed() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(server.uri(), "alice")) {
			socket.raw().sendText("x".repeat(10_000_000), true);
			assertThat(socket.awaitClosed().code()).isEqualTo(1009);
			assertThat(socket.await("error").path("code").asString()).isEqualTo("MESSAGE_TOO_LARGE");
		}
	}

}
