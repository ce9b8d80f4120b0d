package io.kalam.boot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that DevTools restarts, again and again, because a file has changed:
 * each one goes on where the one before it was, of which nothing stays. Only the classes
 * of the first do, because Reactor's event loops, which R2DBC uses and which live as long
 * as the process, were begun by it.
 */
class DevToolsIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(180);

	private static final int RESTARTS = 3;

	private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	@TempDir
	private Path watched;

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().durable(true).start();
		this.settings = RunningApplication.settings(this.server);
		TestPostgres.execute(this.settings,
				"CREATE TABLE tickets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, assignee_id text,"
						+ " title text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void everyRestartGoesOnAndLeavesNothing() throws IOException {
		List<String> told = new ArrayList<>();
		try (LiveProcess process = DevToolsProcess.start(this.settings, this.watched);
				Ticketholder alice = new Ticketholder("alice")) {
			alice.connect(process.socket());
			alice.awaitLive();
			for (int restart = 1; restart <= RESTARTS; restart++) {
				told.add(tell("before restart " + restart));
				alice.awaitTitle(told.get(told.size() - 1));
				Files.writeString(this.watched.resolve("changed"), "for restart " + restart);
				alice.awaitSentAway();
				told.add(tell("during restart " + restart));
				URI socket = process.socket(restart);
				alice.connect(socket);
				alice.awaitTitle(told.get(told.size() - 1));
				assertThat(alice.hasResumed()).isTrue();
				Awaitility.await()
					.atMost(PATIENCE)
					.untilAsserted(() -> assertThat(threads(socket)).doesNotHaveDuplicates()
						.noneMatch((name) -> name.startsWith("kalam-snapshot-")));
			}
			assertThat(alice.titles()).isEqualTo(told);
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> get(process.socket(RESTARTS), "/loaders"), ("[0, " + RESTARTS + "]")::equals);
			assertThat(get(process.socket(RESTARTS), "/keepers").lines())
				.allMatch((name) -> !name.startsWith("kalam-") && !name.startsWith("debezium-"))
				.anyMatch((name) -> name.startsWith("reactor-tcp-"));
		}
	}

	private String tell(String title) {
		TestPostgres.execute(this.settings,
				"INSERT INTO tickets (assignee_id, title) VALUES ('alice', '" + title + "')");
		return title;
	}

	/**
	 * What the threads do, of which none does what another one does too.
	 */
	private static List<String> threads(URI socket) {
		return get(socket, "/threads").lines().map((name) -> name.replaceAll(UUID, "")).toList();
	}

	private static String get(URI socket, String path) {
		return HttpAnswer.send(HttpRequest.newBuilder(URI.create("http://localhost:" + socket.getPort() + path)))
			.join()
			.body();
	}

}
