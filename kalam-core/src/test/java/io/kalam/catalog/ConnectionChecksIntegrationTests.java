package io.kalam.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.util.List;
import java.util.Map;

import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Not being let in, and a server that has no room: each made for real on a server with
 * one replication slot and one WAL sender.
 */
class ConnectionChecksIntegrationTests {

	private static final String SECRET = "s3cr3t-horse";

	private static EmbeddedPostgres server;

	private static Checks checks;

	@BeforeAll
	static void start() throws IOException {
		server = TestPostgres.start(Map.of("max_replication_slots", "1", "max_wal_senders", "1"));
		checks = Checks.of(TestPostgres.settings(server, "postgres"));
		checks.execute("CREATE ROLE app LOGIN REPLICATION PASSWORD '" + SECRET + "'",
				"CREATE ROLE nobody LOGIN REPLICATION PASSWORD '" + SECRET + "'",
				"GRANT CREATE ON DATABASE postgres TO app");
		Path access = Path.of(TestRows.texts(checks.settings(), "SHOW hba_file").get(0));
		Files.writeString(access, """
				local all all trust
				host all postgres all trust
				host all app all scram-sha-256
				""");
		checks.execute("SELECT pg_reload_conf()");
		Awaitility.await().until(() -> !failure(checks.as("nobody", SECRET)).isEmpty());
		checks.as("app", SECRET).run();
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
	}

	@Test
	void wrongPassword() {
		assertThat(failure(checks.as("app", "wr0ng"))).singleElement().satisfies((finding) -> {
			assertThat(finding.problem()).startsWith("Postgres refuses the password of role app (app@127.0.0.1:");
			assertThat(finding.remedy()).startsWith("ALTER ROLE app LOGIN PASSWORD '…';");
			checks.mend(new Finding(finding.problem(), finding.remedy().replace("…", "wr0ng")));
		});
		assertThat(failure(checks.as("app", "wr0ng"))).isEmpty();
		checks.execute("ALTER ROLE app PASSWORD '" + SECRET + "'");
		assertThat(failure(checks.as("app", SECRET))).isEmpty();
	}

	@Test
	void aRoleThatIsNotThere() {
		addToAccessList("host all app_2 all scram-sha-256");
		Awaitility.await().until(() -> createRole().contains("; or give"));
		checks.execute(createRole().replaceAll("(CREATE ROLE [^;]*;).*", "$1").replace("…", SECRET));
		assertThat(failure(checks.as("app_2", SECRET))).extracting(Finding::problem)
			.noneMatch((problem) -> problem.contains("password"));
		checks.execute("DROP ROLE app_2");
	}

	@Test
	void noPassword() {
		assertThat(failure(checks.as("app", ""))).singleElement()
			.satisfies((finding) -> assertThat(finding.problem()).contains("is refused"));
	}

	@Test
	void notInTheAccessList() {
		assertThat(failure(checks.as("nobody", SECRET))).singleElement().satisfies((finding) -> {
			assertThat(finding.problem()).startsWith("Postgres doesn't let role nobody in");
			assertThat(finding.remedy()).contains("pg_hba.conf (host postgres nobody ")
				.contains("SELECT pg_reload_conf();");
			String line = finding.remedy().replaceAll(".*pg_hba.conf \\((.*)\\) and.*", "$1");
			addToAccessList(line.replace("<our address>", "127.0.0.1/32"));
		});
		Awaitility.await()
			.until(() -> failure(checks.as("nobody", SECRET)).stream()
				.noneMatch((finding) -> finding.remedy().contains("pg_hba.conf")));
	}

	@Test
	void unknownDatabase() {
		Checks elsewhere = new Checks(TestPostgres.settings(server, "Desk"), checks.requirements());
		assertThat(failure(elsewhere)).singleElement().satisfies((finding) -> {
			assertThat(finding.problem()).startsWith("There is no database \"Desk\"");
			assertThat(finding.remedy()).startsWith("CREATE DATABASE \"Desk\";");
			checks.mend(finding);
		});
		assertThat(failure(elsewhere)).isEmpty();
	}

	@Test
	void mayNotConnect() {
		checks.execute("REVOKE CONNECT ON DATABASE postgres FROM PUBLIC");
		assertThat(failure(checks.as("app", SECRET))).singleElement().satisfies((finding) -> {
			assertThat(finding.remedy()).isEqualTo("GRANT CONNECT ON DATABASE postgres TO app;");
			checks.mend(finding);
		});
		assertThat(failure(checks.as("app", SECRET))).isEmpty();
		checks.execute("GRANT CONNECT ON DATABASE postgres TO PUBLIC");
	}

	@Test
	void noReplicationPrivilege() {
		checks.execute("ALTER ROLE app NOREPLICATION");
		assertThat(failure(checks.as("app", SECRET))).singleElement().satisfies((finding) -> {
			assertThat(finding.problem()).isEqualTo("Role app has no REPLICATION privilege.");
			assertThat(finding.remedy()).isEqualTo("ALTER ROLE app REPLICATION;");
			checks.execute("CREATE ROLE rds_replication");
			assertThat(failure(checks.as("app", SECRET))).extracting(Finding::remedy)
				.containsExactly("GRANT rds_replication TO app;");
			checks.execute("DROP ROLE rds_replication");
			checks.mend(finding);
		});
		assertThat(failure(checks.as("app", SECRET))).isEmpty();
	}

	@Test
	void tooManyConnectionsPass() {
		checks.execute("ALTER ROLE app CONNECTION LIMIT 0");
		assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(() -> checks.as("app", SECRET).run())
			.withMessageContaining("too many connections")
			.withMessageNotContaining(SECRET);
		checks.execute("ALTER ROLE app CONNECTION LIMIT -1");
		assertThat(failure(checks.as("app", SECRET))).isEmpty();
	}

	@Test
	void noServerPasses() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		PostgresSettings nowhere = new PostgresSettings("127.0.0.1", port, "postgres", "app", SECRET, Map.of());
		assertThatExceptionOfType(DatabaseUnavailableException.class)
			.isThrownBy(() -> new Checks(nowhere, checks.requirements()).run())
			.withMessageContaining("app@127.0.0.1:" + port + "/postgres")
			.withMessageNotContaining(SECRET);
	}

	@Test
	void noEncryptionWhereItIsDemanded() {
		PostgresSettings encrypted = new PostgresSettings("127.0.0.1", server.getPort(), "postgres", "postgres", SECRET,
				Map.of("sslmode", "require"));
		assertThat(failure(new Checks(encrypted, checks.requirements()))).singleElement()
			.satisfies((finding) -> assertThat(finding.remedy()).contains("sslmode"));
	}

	@Test
	void allSlotsAreTaken() {
		checks.execute("SELECT pg_create_physical_replication_slot('standby_1')");
		assertThat(failure(checks)).singleElement().satisfies((finding) -> {
			assertThat(finding.problem()).isEqualTo("All 1 replication slots are in use: standby_1 (inactive). We "
					+ "don't drop a slot that is not ours.");
			assertThat(finding.remedy()).isEqualTo("ALTER SYSTEM SET max_replication_slots = 6; then restart the "
					+ "server; or, if nobody needs it any more, SELECT pg_drop_replication_slot('standby_1');");
			checks.execute(finding.remedy().split("; then")[0]);
		});
		assertThat(TestRows.texts(checks.settings(),
				"SELECT setting FROM pg_file_settings WHERE name = 'max_replication_slots'"))
			.containsExactly("6");
		checks.execute("ALTER SYSTEM RESET max_replication_slots");
		assertThat(TestRows.texts(checks.settings(), "SELECT slot_name FROM pg_replication_slots"))
			.containsExactly("standby_1");
		checks.execute("SELECT pg_drop_replication_slot('standby_1')");
		assertThat(failure(checks)).isEmpty();
	}

	@Test
	void theSlotIsSomebodyElses() {
		String name = checks.requirements().slot();
		checks.execute("SELECT pg_create_physical_replication_slot('" + name + "')");
		assertThat(failure(checks)).singleElement().satisfies((finding) -> {
			assertThat(finding.problem()).contains("is not ours: it is a physical one");
			assertThat(finding.remedy()).contains("kalam.postgres.slot=kalam_postgres");
		});
		checks.execute("SELECT pg_drop_replication_slot('" + name + "')", "CREATE DATABASE other");
		TestPostgres.execute(TestPostgres.settings(server, "other"),
				"SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
		assertThat(failure(checks)).singleElement()
			.satisfies((finding) -> assertThat(finding.problem()).contains("it belongs to database other"));
		TestPostgres.execute(TestPostgres.settings(server, "other"), "SELECT pg_drop_replication_slot('" + name + "')");
		checks.execute("DROP DATABASE other");
		assertThat(failure(checks)).isEmpty();
	}

	@Test
	void allSendersAreTaken() throws Exception {
		String slot = checks.requirements().slot();
		failure(checks);
		checks.execute("CREATE PUBLICATION other", "SELECT pg_create_logical_replication_slot('other', 'pgoutput')");
		try (Connection sender = checks.settings().connectForReplication();
				PGReplicationStream stream = stream(sender, "other")) {
			List<Finding> findings = failure(checks);
			assertThat(stream.isClosed()).isFalse();
			assertThat(findings).extracting(Finding::problem)
				.anySatisfy((problem) -> assertThat(problem).startsWith("No WAL sender is free")
					.containsPattern("In use by: other \\(pid \\d+\\)\\."))
				.anySatisfy((problem) -> assertThat(problem)
					.containsPattern("All 1 replication slots are in use: other \\(pid \\d+\\)\\."));
			assertThat(findings).extracting(Finding::remedy)
				.anySatisfy((remedy) -> assertThat(remedy).startsWith("ALTER SYSTEM SET max_wal_senders = 6;"));
		}
		drop("other");
		new ReplicationSlot(checks.settings(), slot).create((blocking) -> {
		});
		try (Connection ours = checks.settings().connectForReplication();
				PGReplicationStream stream = stream(ours, slot)) {
			assertThat(stream.isClosed()).isFalse();
			assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(checks::run)
				.withMessageContaining("another process of ours still streams");
		}
		drop(slot);
	}

	private static PGReplicationStream stream(Connection connection, String slot) throws Exception {
		return connection.unwrap(PGConnection.class)
			.getReplicationAPI()
			.replicationStream()
			.logical()
			.withSlotName(slot)
			.withSlotOption("proto_version", 1)
			.withSlotOption("publication_names", "kalam")
			.start();
	}

	private static void drop(String slot) {
		Awaitility.await()
			.until(() -> TestRows
				.texts(checks.settings(), "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'walsender'")
				.isEmpty());
		checks.execute("SELECT pg_drop_replication_slot('" + slot + "')");
	}

	/**
	 * What is to be typed if there is no such role, and what else may be done.
	 */
	private static String createRole() {
		String remedy = failure(checks.as("app_2", SECRET)).get(0).remedy();
		assertThat(remedy).contains("CREATE ROLE app_2 LOGIN REPLICATION PASSWORD '…';");
		return remedy.substring(remedy.indexOf("CREATE ROLE"));
	}

	private static void addToAccessList(String line) {
		try {
			Path access = Path.of(TestRows.texts(checks.settings(), "SHOW hba_file").get(0));
			Files.writeString(access, line + '\n', StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		checks.execute("SELECT pg_reload_conf();");
	}

	private static List<Finding> failure(Checks checks) {
		try {
			checks.run();
			return List.of();
		}
		catch (StartupCheckException ex) {
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				assertThat(cause.toString()).doesNotContain(SECRET);
			}
			return ex.findings();
		}
	}

}
