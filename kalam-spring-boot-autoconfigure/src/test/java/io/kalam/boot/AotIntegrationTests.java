package io.kalam.boot;

import java.nio.file.Path;

import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.EventStreamClient;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application on the virtual machine whose context was made ahead of time
 * ({@code spring.aot.enabled}).
 */
class AotIntegrationTests {

	private static final String QUERY = "SELECT id, body FROM note";

	@TempDir
	private Path directory;

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().start();
		this.settings = RunningApplication.settings(this.server);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void whatIsMadeAheadOfTimeServesSnapshotAndChanges() {
		AotProcess application = AotProcess.build(this.directory, this.settings);
		try (LiveProcess process = application.start();
				RealtimeTestSocket alice = RealtimeTestSocket.authenticated(process.socket(), "alice")) {
			insert("before");
			alice.subscribe("notes", QUERY);
			assertThat(alice.await("initial_data_batch").toString()).contains("before");
			alice.await((frame) -> frame.path("type").asString().equals("mark") && frame.has("subscription_id"));
			insert("after");
			assertThat(alice.await("transaction").at("/changes/0/row/body").asString()).isEqualTo("after");
			try (EventStreamClient stream = EventStreamClient.open(process.socket().getPort(), "alice", QUERY, null)
				.reading()) {
				assertThat(stream.until("initial_data_batch").findValuesAsString("body")).contains("before", "after");
			}
			tells(alice);
		}
	}

	private static void tells(RealtimeTestSocket alice) {
		alice.subscribe("signals", "SELECT * FROM signal");
		alice.await((frame) -> frame.path("type").asString().equals("mark")
				&& frame.path("subscription_id").asString().equals("signals"));
		alice.send("{\"type\":\"publish\",\"id\":\"p\",\"table\":\"signal\",\"row\":{\"room\":\"kitchen\","
				+ "\"strength\":7}}");
		JsonNode told = alice.await("transaction").at("/changes/0/row");
		assertThat(told.path("author").asString()).isEqualTo("alice");
	}

	private void insert(String body) {
		TestPostgres.execute(this.settings, "INSERT INTO note (author_name, body) VALUES ('alice', '" + body + "')");
	}

}
