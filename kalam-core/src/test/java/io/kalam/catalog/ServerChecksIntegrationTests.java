package io.kalam.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import io.kalam.sequence.IdentityStore;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A server that is not configured for us, a replica, and what a promotion makes of it.
 */
class ServerChecksIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void anUnpreparedServerThatBecomesAReplicaThatIsPromoted() throws IOException {
		try (EmbeddedPostgres plain = start()) {
			List<Finding> findings = checks(plain).findings();
			assertThat(findings).singleElement().satisfies((finding) -> {
				assertThat(finding.problem()).startsWith("The server's wal_level is replica;");
				assertThat(finding.remedy())
					.startsWith("ALTER SYSTEM SET wal_level = logical; then restart the server");
			});
			checks(plain).mend(findings.get(0));
		}
		Lsn before;
		try (EmbeddedPostgres mended = start()) {
			assertThat(checks(mended).findings()).isEmpty();
			before = state(mended).flushed();
			assertThat(state(mended).timeline()).isEqualTo(1);
		}
		Files.createFile(this.directory.resolve("standby.signal"));
		try (EmbeddedPostgres replica = start()) {
			assertThat(checks(replica).findings()).singleElement().satisfies((finding) -> {
				assertThat(finding.problem()).contains("is a replica (the server is in recovery)");
				assertThat(finding.remedy()).contains("address of the primary");
			});
			try (IdentityStore store = new IdentityStore(checks(replica).settings(), "kalam")) {
				assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(store::look)
					.withMessageContaining("is a replica");
			}
			checks(replica).execute("SELECT pg_promote()");
			Awaitility.await().until(() -> checks(replica).findings().isEmpty());
			ServerState promoted = state(replica);
			assertThat(promoted.timeline()).isEqualTo(2);
			TimelineHistory history = TimelineHistory.read(checks(replica).settings(), 2);
			assertThat(history.contains(1, before)).isTrue();
			assertThat(history.contains(1, promoted.flushed())).isFalse();
			assertThat(history.contains(2, promoted.flushed())).isTrue();
		}
	}

	@Test
	void anOldServer() throws SQLException {
		PostgresSettings settings = TestPostgres.createDatabase();
		String version = TestRows.texts(settings, "SHOW server_version").get(0);
		try (Connection connection = settings.connect()) {
			CheckContext context = new CheckContext(settings, Checks.of(settings).requirements(), connection, "app");
			assertThatExceptionOfType(StartupCheckException.class).isThrownBy(() -> new ServerCheck(99).run(context))
				.withMessage("The server is Postgres " + version + "; 99 is the oldest that will do. To mend it: "
						+ "Upgrade the server to Postgres 99 or later.");
		}
	}

	@Test
	void anotherEncoding() {
		PostgresSettings settings = TestPostgres.createDatabase();
		String latin = settings.database() + "_latin";
		TestPostgres.execute(settings, "CREATE DATABASE " + latin + " TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
		Checks checks = Checks.of(new PostgresSettings(settings.host(), settings.port(), latin, settings.user(),
				settings.password(), Map.of()));
		assertThat(checks.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.problem())
				.isEqualTo("The encoding of database " + latin + " is LATIN1; only UTF8 will do.");
			assertThat(finding.remedy())
				.startsWith("CREATE DATABASE " + latin + " TEMPLATE template0 ENCODING 'UTF8';");
			TestPostgres.execute(settings, "DROP DATABASE " + latin);
			TestPostgres.execute(settings, finding.remedy().substring(0, finding.remedy().indexOf(';')));
		});
		assertThat(checks.findings()).isEmpty();
	}

	@Test
	void typesThatDebeziumCantRead() {
		PostgresSettings settings = TestPostgres.createDatabase();
		TestPostgres.execute(settings, "CREATE TYPE mood AS ENUM ('sad', 'ok')", "CREATE TYPE nothing AS ENUM ()",
				"CREATE DOMAIN temper AS mood", "CREATE TABLE moods (id int PRIMARY KEY, \"Now\" temper)",
				"INSERT INTO moods VALUES (1, 'ok')");
		Checks checks = Checks.of(settings);
		List<Finding> findings = checks.findings();
		assertThat(findings).extracting(Finding::problem)
			.containsExactly("The enum nothing has no labels; Debezium can't start in a database that has such a type.",
					"The domain temper is over the enum mood; Debezium can't start in a database that has such a type.");
		findings.forEach(checks::mend);
		assertThat(checks.findings()).isEmpty();
		assertThat(TestRows.texts(settings, "SELECT \"Now\" FROM moods")).containsExactly("ok");
	}

	private EmbeddedPostgres start() throws IOException {
		return EmbeddedPostgres.builder()
			.setDataDirectory(this.directory)
			.setCleanDataDirectory(false)
			.setServerConfig("fsync", "on")
			.start();
	}

	private static Checks checks(EmbeddedPostgres server) {
		return Checks.of(TestPostgres.settings(server, "postgres"));
	}

	private static ServerState state(EmbeddedPostgres server) {
		try (Connection connection = checks(server).settings().connect()) {
			return ServerState.read(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
