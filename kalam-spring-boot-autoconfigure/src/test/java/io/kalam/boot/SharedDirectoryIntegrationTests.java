package io.kalam.boot;

import java.nio.file.Path;
import java.time.Duration;

import io.kalam.catalog.PostgresSettings;
import io.kalam.journal.rocksdb.JournalDirectoryException;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Two processes that have been given one directory for their journal.
 */
class SharedDirectoryIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final Path directory = RunningApplication.newDirectory();

	private final String[] properties = { "kalam.journal.directory=" + this.directory,
			"kalam.capture.heartbeat-interval=100ms" };

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().durable(true).start();
		this.settings = RunningApplication.settings(this.server);
		makeTable(this.settings);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SIGKILL", "SIGTERM" })
	void theSecondGoesOnInTheHistoryOfTheFirst(String end) throws InterruptedException {
		try (LiveProcess first = LiveProcess.start(this.settings, this.properties);
				RunningApplication second = RunningApplication.start(this.settings, this.properties);
				Ticketholder alice = new Ticketholder("alice");
				Ticketholder away = new Ticketholder("alice")) {
			alice.connect(first.socket());
			away.connect(first.socket());
			alice.awaitLive();
			away.awaitLive();
			insert("to both");
			alice.awaitTitle("to both");
			away.awaitTitle("to both");
			away.disconnect();
			insert("to one");
			alice.awaitTitle("to one");
			awaitAcknowledged(TestPostgres.value(this.settings, "SELECT pg_current_wal_lsn()"));
			assertThat(second.status()).isEqualTo("UNKNOWN");
			assertThat(second.health().getDetails()).containsEntry("state", "standby");
			assertThat(Ticketholder.refusal(second.socket())).isEqualTo(503);
			if (end.equals("SIGKILL")) {
				first.kill();
			}
			else {
				first.terminate();
			}
			assertThat(first.awaitExit(PATIENCE.toSeconds())).isTrue();
			insert("while nobody reads");
			awaitStreaming(second);
			for (Ticketholder client : new Ticketholder[] { alice, away }) {
				client.connect(second.socket());
				client.awaitTitle("while nobody reads");
				assertThat(client.hasResumed()).as("without a snapshot").isTrue();
				assertThat(client.titles()).containsExactly("to both", "to one", "while nobody reads");
			}
		}
	}

	/**
	 * One that is frozen has let go of the slot, as Postgres has ended its connection,
	 * but not of the directory.
	 */
	@Test
	void theSecondWaitsForTheDirectoryOfOneThatIsFrozen() throws InterruptedException {
		try (LiveProcess first = LiveProcess.start(this.settings, this.properties);
				RunningApplication second = RunningApplication.start(this.settings, this.properties)) {
			first.pause();
			TestPostgres.execute(this.settings, "ALTER SYSTEM SET wal_sender_timeout = '4s'",
					"SELECT pg_reload_conf()");
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> String.valueOf(second.health().getDetails().get("detail"))
					.contains("in use by another process (pid " + first.pid()));
			TestPostgres.execute(this.settings, "ALTER SYSTEM RESET wal_sender_timeout", "SELECT pg_reload_conf()");
			assertThat(second.health().getDetails()).containsEntry("state", "standby");
			assertThat(Ticketholder.refusal(second.socket())).isEqualTo(503);
			first.kill();
			assertThat(first.awaitExit(PATIENCE.toSeconds())).isTrue();
			awaitStreaming(second);
		}
	}

	@Test
	void oneOfAnotherDatabaseIsRefused() {
		try (RunningApplication first = RunningApplication.start(this.settings, this.properties);
				EmbeddedPostgresServer other = EmbeddedPostgresServer.builder().start()) {
			assertThat(first.status()).isNotEqualTo("DOWN");
			PostgresSettings others = RunningApplication.settings(other);
			makeTable(others);
			assertThat(catchThrowable(() -> RunningApplication.start(others, this.properties).close()))
				.hasRootCauseInstanceOf(JournalDirectoryException.class)
				.rootCause()
				.hasMessageContaining("for another database")
				.hasMessageContaining("kalam.journal.directory");
		}
	}

	private static void makeTable(PostgresSettings settings) {
		TestPostgres.execute(settings,
				"CREATE TABLE tickets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, assignee_id text, title text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
	}

	private static void awaitStreaming(RunningApplication application) {
		Awaitility.await().atMost(PATIENCE).until(() -> application.status().equals("UP"));
	}

	private void awaitAcknowledged(String position) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> TestPostgres.value(this.settings,
					"SELECT confirmed_flush_lsn >= '" + position + "' FROM pg_replication_slots"), "t"::equals);
	}

	private void insert(String title) {
		TestPostgres.execute(this.settings,
				"INSERT INTO tickets (assignee_id, title) VALUES ('alice', '" + title + "')");
	}

}
