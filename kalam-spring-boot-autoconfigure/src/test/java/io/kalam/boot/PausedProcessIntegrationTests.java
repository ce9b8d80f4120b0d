package io.kalam.boot;

import java.time.Duration;

import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is stopped in the middle of everything, and wakes up when another one
 * has taken its place.
 */
class PausedProcessIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().durable(true).start();
		this.settings = RunningApplication.settings(this.server);
		TestPostgres.execute(this.settings,
				"CREATE TABLE tickets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, assignee_id text, title text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void itSendsItsClientsAwayAndServesNobodyUntilItIsItsTurnAgain() {
		try (LiveProcess first = LiveProcess.start(this.settings);
				Ticketholder alice = new Ticketholder("alice");
				Ticketholder other = new Ticketholder("alice")) {
			alice.connect(first.socket());
			other.connect(first.socket());
			alice.awaitLive();
			other.awaitLive();
			insert("before");
			alice.awaitTitle("before");
			other.awaitTitle("before");
			try (RunningApplication second = RunningApplication.start(this.settings)) {
				awaitState(second, "standby");
				assertThat(second.status()).isEqualTo("UNKNOWN");
				assertThat(Ticketholder.refusal(second.socket())).isEqualTo(503);
				first.pause();
				TestPostgres.execute(this.settings, "ALTER SYSTEM SET wal_sender_timeout = '4s'",
						"SELECT pg_reload_conf()");
				insert("while it is paused");
				awaitState(second, "streaming");
				TestPostgres.execute(this.settings, "ALTER SYSTEM RESET wal_sender_timeout", "SELECT pg_reload_conf()");
				alice.connect(second.socket());
				alice.awaitTitle("while it is paused");
				assertThat(alice.hasResumed()).isTrue();
				insert("by the second");
				alice.awaitTitle("by the second");
				String confirmed = TestPostgres.value(this.settings,
						"SELECT confirmed_flush_lsn FROM pg_replication_slots");
				first.wake();
				other.awaitSentAway();
				assertThat(other.titles()).doesNotContain("by the second").contains("before");
				assertThat(Ticketholder.refusal(first.socket())).isEqualTo(503);
				String now = TestPostgres.value(this.settings, "SELECT confirmed_flush_lsn FROM pg_replication_slots");
				assertThat(TestPostgres.value(this.settings, "SELECT '" + now + "'::pg_lsn BETWEEN '" + confirmed
						+ "' AND acknowledged FROM kalam.identity"))
					.isEqualTo("t");
				other.connect(second.socket());
				other.awaitTitle("by the second");
				assertThat(other.hasResumed()).isTrue();
				insert("to both");
				alice.awaitTitle("to both");
				other.awaitTitle("to both");
				assertThat(second.status()).isEqualTo("UP");
			}
			insert("while nobody reads");
			alice.connect(first.socket());
			other.connect(first.socket());
			alice.awaitTitle("while nobody reads");
			other.awaitTitle("while nobody reads");
			assertThat(alice.titles()).doesNotHaveDuplicates().hasSize(5).isEqualTo(other.titles());
		}
	}

	private static void awaitState(RunningApplication application, String state) {
		Awaitility.await().atMost(PATIENCE).until(() -> state.equals(application.health().getDetails().get("state")));
	}

	private void insert(String title) {
		TestPostgres.execute(this.settings,
				"INSERT INTO tickets (assignee_id, title) VALUES ('alice', '" + title + "')");
	}

}
