package io.kalam.boot;

import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.EventStreamClient;
import io.kalam.testing.TestPostgres;
import io.kalam.websocket.RealtimeConnections;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An event stream of a WebFlux application: snapshot, live, cut, taken up.
 */
class EventStreamApplicationIntegrationTests {

	private static final String QUERY = "SELECT id, title FROM tickets";

	@Test
	void goesOnWhereItWasCut() {
		try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.builder().start()) {
			PostgresSettings settings = RunningApplication.settings(postgres);
			TestPostgres.execute(settings, "CREATE TABLE tickets (id bigint PRIMARY KEY, assignee_id text, title text)",
					"ALTER TABLE tickets REPLICA IDENTITY FULL",
					"INSERT INTO tickets VALUES (1, 'alice', 'one'), (2, 'bob', 'his')");
			try (RunningApplication application = RunningApplication.start(settings)) {
				goesOn(settings, application);
			}
		}
	}

	private static void goesOn(PostgresSettings settings, RunningApplication application) {
		int port = application.socket().getPort();
		String place;
		try (EventStreamClient alice = EventStreamClient.open(port, "alice", QUERY, null).reading()) {
			assertThat(alice.until("initial_data_batch").findValuesAsString("title")).containsExactly("one");
			alice.place();
			TestPostgres.execute(settings, "UPDATE tickets SET title = 'live' WHERE id = 1");
			assertThat(alice.until("transaction").at("/changes/0/row/title").asString()).isEqualTo("live");
			place = String.valueOf(alice.lastEventId());
			assertThat(application.bean(RealtimeConnections.class).count()).isEqualTo(1);
		}
		TestPostgres.execute(settings, "UPDATE tickets SET title = 'his too' WHERE id = 2",
				"INSERT INTO tickets VALUES (3, 'alice', 'missed')", "DELETE FROM tickets WHERE id = 1");
		try (EventStreamClient alice = EventStreamClient.open(port, "alice", QUERY, place).reading()) {
			assertThat(alice.until("subscription_ack").path("resumed").asBoolean()).isTrue();
			JsonNode inserted = alice.until("transaction");
			assertThat(inserted.at("/changes/0/row/title").asString()).isEqualTo("missed");
			assertThat(inserted.path("changes")).hasSize(1);
			JsonNode deleted = alice.until("transaction");
			assertThat(deleted.at("/changes/0/old/id").asString()).isEqualTo("1");
			assertThat(deleted.path("changes")).hasSize(1);
		}
	}

}
