package io.kalam.boot;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.kalam.catalog.PostgresSettings;
import io.kalam.testing.EventStreamClient;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever clients, Java code and operators do with a
 * {@link io.kalam.boot.blocking.BlockingApplication}, once.
 */
final class Visit {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String QUERY = "SELECT id, title FROM tickets";

	private static final int TICKETS = 3000;

	private final PostgresSettings settings;

	private final URI socket;

	private Visit(PostgresSettings settings, URI socket) {
		this.settings = settings;
		this.socket = socket;
	}

	/**
	 * Makes the application's table.
	 */
	static void prepare(PostgresSettings settings) {
		TestPostgres.execute(settings,
				"CREATE TABLE tickets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, assignee_id text NOT NULL,"
						+ " title text NOT NULL)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
		insert(settings, "ted", TICKETS, "repeat('t', 1000)");
	}

	/**
	 * What an application is to have for it, and what makes its buffers small.
	 */
	static String[] properties(String... more) {
		return Stream
			.concat(Stream.of("management.endpoints.web.exposure.include=*",
					"management.endpoint.kalam.access=unrestricted", "kalam.types.enabled=true",
					"kalam.snapshot.spool-memory=64KB", "kalam.websocket.max-outbound-buffer=64KB",
					"kalam.capture.max-transaction-size=256KB", "kalam.capture.heartbeat-interval=200ms",
					"kalam.websocket.mark-interval=500ms"), Stream.of(more))
			.toArray(String[]::new);
	}

	static void of(PostgresSettings settings, URI socket) {
		Visit visit = new Visit(settings, socket);
		visit.snapshotLiveAndResume();
		visit.readsSlowly();
		visit.refusesWrongTokens();
		visit.streamsEvents();
		visit.tellsJavaCode();
		visit.answersOperators();
	}

	private void snapshotLiveAndResume() {
		try (Ticketholder alice = new Ticketholder("ted")) {
			alice.connect(this.socket);
			alice.awaitLive();
			assertThat(alice.titles()).hasSize(TICKETS);
			insert("ted", 1, "'live'");
			alice.awaitTitle("live");
			alice.disconnect();
			insert("ted", 2000, "repeat('m', 1000)");
			insert("ted", 1, "'missed'");
			alice.connect(this.socket);
			alice.awaitTitle("missed");
			alice.awaitLive();
			assertThat(alice.hasResumed()).isTrue();
		}
	}

	private void readsSlowly() {
		try (RealtimeTestSocket slow = RealtimeTestSocket.authenticated(this.socket, "sue");
				RealtimeTestSocket window = RealtimeTestSocket.authenticated(this.socket, "sue")) {
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

	private void refusesWrongTokens() {
		try (RealtimeTestSocket byHand = RealtimeTestSocket.connect(this.socket);
				RealtimeTestSocket byHeader = RealtimeTestSocket.connect(this.socket,
						Map.of("Authorization", "Bearer wrong"))) {
			byHand.authenticate("wrong");
			assertThat(byHand.awaitClosed().code()).isEqualTo(4401);
			assertThat(byHeader.awaitClosed().code()).isEqualTo(4401);
		}
		HttpRequest request = HttpRequest.newBuilder(EventStreamClient.uri(this.socket.getPort(), "?sql=x"))
			.header("Authorization", "Bearer wrong")
			.build();
		assertThat(EventStreamClient.send(request).statusCode()).isEqualTo(401);
	}

	private void streamsEvents() {
		insert("eve", 2000, "repeat('e', 1000)");
		String place;
		try (EventStreamClient eve = EventStreamClient.open(this.socket.getPort(), "eve", QUERY, null).reading()) {
			eve.place();
			insert("eve", 1, "'live'");
			assertThat(eve.until("transaction").at("/changes/0/row/title").asString()).isEqualTo("live");
			place = String.valueOf(eve.lastEventId());
		}
		insert("eve", 1, "'missed'");
		try (EventStreamClient eve = EventStreamClient.open(this.socket.getPort(), "eve", QUERY, place).reading()) {
			assertThat(eve.until("transaction").at("/changes/0/row/title").asString()).isEqualTo("missed");
		}
	}

	private void tellsJavaCode() {
		CompletableFuture<HttpResponse<String>> told = HttpAnswer.send(HttpRequest.newBuilder(http("/changes")));
		Awaitility.await().atMost(PATIENCE).until(() -> {
			insert("alice", 1, "'for java'");
			return told.isDone();
		});
		assertThat(told.orTimeout(1, TimeUnit.SECONDS).join().body()).isEqualTo("for java");
	}

	private void answersOperators() {
		try (RealtimeTestSocket alice = RealtimeTestSocket.authenticated(this.socket, "alice")) {
			alice.subscribe("all", QUERY);
			alice.await("mark");
			for (String path : List.of("health", "kalam", "kalam/tables", "kalam/subscriptions",
					"kalam/explain?table=tickets&key=1&user=alice", "metrics", "metrics/kalam.connections")) {
				assertThat(HttpAnswer.to(HttpRequest.newBuilder(http("/actuator/" + path))).status()).as(path)
					.isEqualTo(200);
			}
			assertThat(HttpAnswer.to(HttpRequest.newBuilder(http("/kalam/types.d.ts"))).status()).isEqualTo(200);
			operate("resync", "{\"table\":\"tickets\"}");
			alice.await("reset");
			alice.await("mark");
			operate("disconnect", "{\"user\":\"alice\"}");
			assertThat(alice.awaitClosed().code()).isEqualTo(4401);
		}
	}

	private void operate(String operation, String body) {
		assertThat(HttpAnswer
			.to(HttpRequest.newBuilder(http("/actuator/kalam/" + operation))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(body)))
			.status()).as(operation).isEqualTo(200);
	}

	private URI http(String path) {
		return URI.create("http://localhost:" + this.socket.getPort() + path);
	}

	private void insert(String owner, int rows, String title) {
		insert(this.settings, owner, rows, title);
	}

	private static void insert(PostgresSettings settings, String owner, int rows, String title) {
		TestPostgres.execute(settings, "INSERT INTO tickets (assignee_id, title) SELECT '" + owner + "', " + title
				+ " FROM generate_series(1, " + rows + ")");
	}

}
