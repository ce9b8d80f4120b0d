package io.kalam.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import io.kalam.catalog.PostgresSettings;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What stands on the console when an application can't start, within a time.
 */
@Timeout(90)
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureIntegrationTests {

	private static final String SECRET = "unforgettable-4711";

	private static EmbeddedPostgresServer server;

	@TempDir
	private Path directory;

	private static PostgresSettings superuser;

	@BeforeAll
	static void start() {
		server = EmbeddedPostgresServer.builder().start();
		superuser = RunningApplication.settings(server);
		TestPostgres.execute(superuser, "CREATE ROLE plain LOGIN PASSWORD '" + SECRET + "'",
				"CREATE TABLE tickets (id bigint PRIMARY KEY, assignee_id text)", "GRANT SELECT ON tickets TO plain",
				"GRANT CREATE ON DATABASE postgres TO plain");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void theServersLogIsNotLogical(CapturedOutput output) throws IOException {
		try (EmbeddedPostgres replica = TestPostgres.start(Map.of("wal_level", "replica"))) {
			PostgresSettings settings = TestPostgres.settings(replica, "postgres");
			TestPostgres.execute(settings, "CREATE ROLE app SUPERUSER LOGIN PASSWORD '" + SECRET + "'");
			fails(as(settings, "app", SECRET, "postgres"), output, "wal_level", "ALTER SYSTEM SET wal_level",
					"restart");
		}
	}

	@Test
	void theServersLogIsNotLogicalAndTheApplicationStartsAllTheSame() throws IOException {
		try (EmbeddedPostgres replica = TestPostgres.start(Map.of("wal_level", "replica"))) {
			PostgresSettings settings = TestPostgres.settings(replica, "postgres");
			try (RunningApplication application = RunningApplication.start(settings, "kalam.fail-fast=false")) {
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> application.status().equals("DOWN"));
				assertThat(application.health().getDetails()).containsEntry("state", "down");
				assertThat(String.valueOf(application.health().getDetails().get("detail")))
					.contains("ALTER SYSTEM SET wal_level", "restart");
			}
		}
	}

	@Test
	void theRoleMayNotReplicate(CapturedOutput output) {
		fails(as(superuser, "plain", SECRET, "postgres"), output, "REPLICATION", "ALTER ROLE plain REPLICATION");
	}

	@Test
	void thePasswordIsWrong(CapturedOutput output) {
		fails(as(superuser, "postgres", SECRET, "postgres"), output, "refuses the password of role postgres",
				"give the application the right password");
	}

	@Test
	void theDatabaseIsUnknown(CapturedOutput output) {
		fails(as(superuser, "plain", SECRET, "nowhere"), output, "There is no database nowhere",
				"CREATE DATABASE nowhere; or give the application the right name");
	}

	@Test
	void nobodyListens(CapturedOutput output) {
		fails(new PostgresSettings("127.0.0.1", 1, "postgres", "app", SECRET, Map.of()), output, "127.0.0.1:1",
				"Start Postgres");
	}

	@Test
	void theTableHasTheWrongIdentity(CapturedOutput output) {
		fails(superuser, output, "tickets (io.kalam.boot.live.LiveApplication$Ticket) has REPLICA IDENTITY DEFAULT",
				"ALTER TABLE public.tickets REPLICA IDENTITY FULL");
	}

	@Test
	void aPropertyIsWrong(CapturedOutput output) {
		fails(superuser, output, new String[] { "kalam.websocket.max-message-size=3GB" },
				"The property kalam.websocket.max-message-size can't be '3221225472B'", "less than 2GB");
	}

	@Test
	void aPropertyOfDebeziumIsReserved(CapturedOutput output) {
		fails(superuser, output, new String[] { "kalam.debezium.properties.slot.name=mine" },
				"which can't be set: slot.name", "kalam.debezium.properties.slot.name (set kalam.postgres.slot)");
	}

	@Test
	void theDirectoryOfTheJournalHasNoParent(CapturedOutput output) {
		failsIn(this.directory.resolve("no").resolve("volume"), output,
				"can't be made, as " + this.directory.resolve("no").resolve("volume") + " is no directory", "mkdir -p",
				"set kalam.journal.directory to another directory", "kalam.journal.type=memory");
	}

	@Test
	void theDirectoryOfTheJournalIsAFile(CapturedOutput output) throws IOException {
		Path file = Files.createFile(this.directory.resolve("kalam_postgres"));
		failsIn(this.directory, output, "The directory " + file + " of the journal is a file.", "Remove it");
	}

	@Test
	void theDirectoryOfTheJournalIsInUse(CapturedOutput output) {
		Path used = this.directory.resolve("kalam_postgres");
		RocksJournal other = RocksJournal.open(RocksJournalSettings.defaults(used), Clock.systemUTC());
		try {
			failsIn(this.directory, output, "The directory " + used + " of the journal is in use by another process.",
					"Stop that process, give this one a directory of its own");
		}
		finally {
			other.close();
		}
	}

	private static void failsIn(Path directory, CapturedOutput output, String... expected) {
		fails(superuser, output, new String[] { "kalam.journal.directory=" + directory }, expected);
	}

	private static PostgresSettings as(PostgresSettings settings, String user, String password, String database) {
		return new PostgresSettings(settings.host(), settings.port(), database, user, password, Map.of());
	}

	private static void fails(PostgresSettings settings, CapturedOutput output, String... expected) {
		fails(settings, output, new String[0], expected);
	}

	private static void fails(PostgresSettings settings, CapturedOutput output, String[] properties,
			String... expected) {
		assertThat(catchThrowable(() -> RunningApplication.start(settings, properties).close())).isNotNull();
		String all = output.getAll();
		assertThat(all).doesNotContain(SECRET);
		int analysis = all.indexOf("APPLICATION FAILED TO START");
		assertThat(analysis).as("%s", all).isPositive();
		assertThat(all.substring(analysis)).contains("Description:", "Action:").contains(expected);
	}

}
