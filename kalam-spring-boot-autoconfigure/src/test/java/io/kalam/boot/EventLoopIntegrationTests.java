package io.kalam.boot;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;

import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.RealtimeTestSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing blocks on an event loop, nor on a thread that runs sockets, whatever an
 * application does with Kalam. BlockHound watches a process of its own, from its first
 * breath to its last.
 */
class EventLoopIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().start();
		this.settings = RunningApplication.settings(this.server);
		Visit.prepare(this.settings);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "rocksdb", "memory" })
	void nothingBlocks(String journal) throws Exception {
		try (LiveProcess process = process("kalam.journal.type=" + journal)) {
			Visit.of(this.settings, process.socket());
			assertThat(end(process)).isEmpty();
		}
	}

	@Test
	void whatBlocksIsSeen() throws Exception {
		try (LiveProcess process = process("careless=true")) {
			Awaitility.await().atMost(PATIENCE).until(() -> {
				HttpAnswer.to(HttpRequest.newBuilder(http(process.socket(), "/careless")));
				RealtimeTestSocket.authenticated(process.socket(), "alice").close();
				List<String> blocked = process.printed(BlockingCalls.MARK);
				return blocked.stream().anyMatch((call) -> call.startsWith("reactor-http-"))
						&& blocked.stream().anyMatch((call) -> call.startsWith("kalam-websocket-"));
			});
			assertThat(end(process)).allMatch((call) -> call.contains("BlockingApplication.pause"));
		}
	}

	private LiveProcess process(String... properties) {
		return WatchedProcess.start(this.settings, Visit.properties(properties));
	}

	private static List<String> end(LiveProcess process) throws InterruptedException {
		process.terminate();
		assertThat(process.awaitExit(PATIENCE.toSeconds())).isTrue();
		return process.printed(BlockingCalls.MARK);
	}

	private static URI http(URI socket, String path) {
		return URI.create("http://localhost:" + socket.getPort() + path);
	}

}
