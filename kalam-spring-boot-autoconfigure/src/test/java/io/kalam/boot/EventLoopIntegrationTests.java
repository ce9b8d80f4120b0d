package io.kalam.boot;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.EventStreamClient;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
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

	private static final String QUERY = "SELECT id, title FROM tickets";

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().start();
		this.settings = RunningApplication.settings(this.server);
		TestPostgres.execute(this.settings,
				"CREATE TABLE tickets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, assignee_id text NOT NULL,"
						+ " title text NOT NULL)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
		insert("ted", 3000, "repeat('t', 1000)");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "rocksdb", "memory" })
	void nothingBlocks(String journal) throws Exception {
		try (LiveProcess process = process("kalam.journal.type=" + journal)) {
			snapshotLiveAndResume(process.socket());
			readsSlowly(process.socket());
			refusesWrongTokens(process.socket());
			streamsEvents(process.socket().getPort());
			tellsJavaCode(process.socket());
			answersOperators(process.socket());
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
		String[] all = { "management.endpoints.web.exposure.include=*", "management.endpoint.kalam.access=unrestricted",
				"kalam.types.enabled=true", "kalam.snapshot.spool-memory=64KB",
				"kalam.websocket.max-outbound-buffer=64KB", "kalam.capture.max-transaction-size=256KB",
				"kalam.capture.heartbeat-interval=200ms", "kalam.websocket.mark-interval=500ms", properties[0] };
		return WatchedProcess.start(this.settings, all);
	}

	private static List<String> end(LiveProcess process) throws InterruptedException {
		process.terminate();
		assertThat(process.awaitExit(PATIENCE.toSeconds())).isTrue();
		return process.printed(BlockingCalls.MARK);
	}

	private void snapshotLiveAndResume(URI socket) {
		try (Ticketholder alice = new Ticketholder("ted")) {
			alice.connect(socket);
			alice.awaitLive();
			assertThat(alice.titles()).hasSize(3000);
			insert("ted", 1, "'live'");
			alice.awaitTitle("live");
			alice.disconnect();
			insert("ted", 2000, "repeat('m', 1000)");
			insert("ted", 1, "'missed'");
			alice.connect(socket);
			alice.awaitTitle("missed");
			alice.awaitLive();
			assertThat(alice.hasResumed()).isTrue();
		}
	}

	private void readsSlowly(URI socket) {
		try (RealtimeTestSocket slow = RealtimeTestSocket.authenticated(socket, "sue");
				RealtimeTestSocket window = RealtimeTestSocket.authenticated(socket, "sue")) {
			slow.subscribe("all", QUERY);
			slow.await("mark");
			window.subscribe("first", QUERY + " ORDER BY title LIMIT 3");
			window.await("mark");
			slow.pause();
			for (int i = 0; i < 6; i++) {
				insert("sue", 700, "repeat('s', 1000)");
			}
			insert("sue", 1, "'a last one'");
			window.await((frame) -> frame.toString().contains("a last one"));
			TestPostgres.execute(this.settings, "DELETE FROM tickets WHERE title = 'a last one'");
			slow.resume();
			slow.await((frame) -> frame.toString().contains("a last one"));
		}
	}

	private static void refusesWrongTokens(URI socket) {
		try (RealtimeTestSocket byHand = RealtimeTestSocket.connect(socket);
				RealtimeTestSocket byHeader = RealtimeTestSocket.connect(socket,
						Map.of("Authorization", "Bearer wrong"))) {
			byHand.authenticate("wrong");
			assertThat(byHand.awaitClosed().code()).isEqualTo(4401);
			assertThat(byHeader.awaitClosed().code()).isEqualTo(4401);
		}
		HttpRequest request = HttpRequest.newBuilder(EventStreamClient.uri(socket.getPort(), "?sql=x"))
			.header("Authorization", "Bearer wrong")
			.build();
		assertThat(EventStreamClient.send(request).statusCode()).isEqualTo(401);
	}

	private void streamsEvents(int port) {
		insert("eve", 2000, "repeat('e', 1000)");
		String place;
		try (EventStreamClient eve = EventStreamClient.open(port, "eve", QUERY, null).reading()) {
			eve.place();
			insert("eve", 1, "'live'");
			assertThat(eve.until("transaction").at("/changes/0/row/title").asString()).isEqualTo("live");
			place = String.valueOf(eve.lastEventId());
		}
		insert("eve", 1, "'missed'");
		try (EventStreamClient eve = EventStreamClient.open(port, "eve", QUERY, place).reading()) {
			assertThat(eve.until("transaction").at("/changes/0/row/title").asString()).isEqualTo("missed");
		}
	}

	private void tellsJavaCode(URI socket) {
		CompletableFuture<HttpResponse<String>> told = HttpAnswer
			.send(HttpRequest.newBuilder(http(socket, "/changes")));
		Awaitility.await().atMost(PATIENCE).until(() -> {
			insert("alice", 1, "'for java'");
			return told.isDone();
		});
		assertThat(told.orTimeout(1, TimeUnit.SECONDS).join().body()).isEqualTo("for java");
	}

	private static void answersOperators(URI socket) {
		try (RealtimeTestSocket alice = RealtimeTestSocket.authenticated(socket, "alice")) {
			alice.subscribe("all", QUERY);
			alice.await("mark");
			for (String path : List.of("health", "kalam", "kalam/tables", "kalam/subscriptions",
					"kalam/explain?table=tickets&key=1&user=alice", "metrics", "metrics/kalam.connections")) {
				assertThat(HttpAnswer.to(HttpRequest.newBuilder(http(socket, "/actuator/" + path))).status()).as(path)
					.isEqualTo(200);
			}
			assertThat(HttpAnswer.to(HttpRequest.newBuilder(http(socket, "/kalam/types.d.ts"))).status())
				.isEqualTo(200);
			operate(socket, "resync", "{\"table\":\"tickets\"}");
			alice.await("reset");
			alice.await("mark");
			operate(socket, "disconnect", "{\"user\":\"alice\"}");
			assertThat(alice.awaitClosed().code()).isEqualTo(4401);
		}
	}

	private static void operate(URI socket, String operation, String body) {
		assertThat(HttpAnswer
			.to(HttpRequest.newBuilder(http(socket, "/actuator/kalam/" + operation))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(body)))
			.status()).as(operation).isEqualTo(200);
	}

	private static URI http(URI socket, String path) {
		return URI.create("http://localhost:" + socket.getPort() + path);
	}

	private void insert(String owner, int rows, String title) {
		TestPostgres.execute(this.settings, "INSERT INTO tickets (assignee_id, title) SELECT '" + owner + "', " + title
				+ " FROM generate_series(1, " + rows + ")");
	}

}
