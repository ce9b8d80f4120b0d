package io.kalam.websocket;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.kalam.operations.ClientEvents;
import io.kalam.protocol.CloseReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RealtimeConnectionsTests {

	private final FakeTokens tokens = new FakeTokens();

	private final RealtimeConnections connections = new RealtimeConnections(WebSocketSettings.defaults(),
			new FakeSessions(), ClientEvents.NONE, this.tokens.authenticator(Duration.ZERO), Clock.systemUTC(),
			ConnectionListener.NONE);

	@Test
	void aSocketThatEndsAfterTheCloseHasGone() {
		this.tokens.add("alice", "alice", Instant.now().plusSeconds(600));
		Connection connection = this.connections.create(new SilentTransport());
		this.connections.add(connection);
		connection.open("alice");
		this.connections.close();
		Awaitility.await("its threads have ended").atMost(Duration.ofSeconds(30)).until(() -> !hasThreads());
		connection.disconnected();
		assertThat(this.connections.count()).isZero();
	}

	private static boolean hasThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().startsWith("kalam-websocket-"));
	}

	private static final class SilentTransport implements Transport {

		@Override
		public boolean send(List<OutboundFrame> frames) {
			return false;
		}

		@Override
		public long pending() {
			return 0;
		}

		@Override
		public void request() {
		}

		@Override
		public void close(CloseReason reason) {
		}

	}

}
