package io.kalam.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

import io.kalam.catalog.PostgresSettings;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

/**
 * A primary with a standby that streams from it and copies its failover slots. Both have
 * the database {@code app}; the address is the primary's, and is the standby's when that
 * has taken over.
 */
final class ReplicatedServer implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String STANDBY_SLOT = "standby_1";

	private static final String STANDBY = """
			primary_conninfo = 'host=127.0.0.1 port=%d user=postgres dbname=app'
			primary_slot_name = '%s'
			hot_standby_feedback = on
			sync_replication_slots = on
			""";

	private final Path directory;

	private final Path data;

	private final Path copy;

	private final int port;

	private EmbeddedPostgres primary;

	private EmbeddedPostgres standby;

	ReplicatedServer(Path directory) throws Exception {
		this.directory = directory;
		this.data = directory.resolve("primary");
		this.copy = directory.resolve("standby");
		this.primary = start(this.data, 0);
		this.port = this.primary.getPort();
		TestPostgres.execute(TestPostgres.settings(this.primary, "postgres"), "CREATE DATABASE app",
				"SELECT pg_create_physical_replication_slot('" + STANDBY_SLOT + "', true)",
				"ALTER SYSTEM SET synchronized_standby_slots = '" + STANDBY_SLOT + "'", "SELECT pg_reload_conf()");
		backUp();
		this.standby = start(this.copy, 0);
	}

	private static EmbeddedPostgres start(Path directory, int port) {
		return TestPostgres.start(Map.of(), (builder) -> {
			builder.setDataDirectory(directory).setCleanDataDirectory(false);
			if (port > 0) {
				builder.setPort(port);
			}
		});
	}

	private void backUp() throws Exception {
		try (Connection connection = settings().connect(); Statement statement = connection.createStatement()) {
			statement.execute("SELECT pg_backup_start('standby', true)");
			run("cp", "-a", this.data.toString(), this.copy.toString());
			try (ResultSet end = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
				end.next();
				Files.writeString(this.copy.resolve("backup_label"), end.getString(1));
			}
		}
		Files.delete(this.copy.resolve("postmaster.pid"));
		FileSystemUtils.deleteRecursively(this.copy.resolve("pg_replslot"));
		Files.createDirectory(this.copy.resolve("pg_replslot"));
		Files.createFile(this.copy.resolve("standby.signal"));
		Files.writeString(this.copy.resolve("postgresql.auto.conf"), STANDBY.formatted(this.port, STANDBY_SLOT),
				StandardOpenOption.APPEND);
	}

	/**
	 * The database's address.
	 */
	PostgresSettings settings() {
		return new PostgresSettings("127.0.0.1", this.port, "app", "postgres", "postgres", Map.of());
	}

	/**
	 * Waits until the standby would go on with a slot.
	 */
	void awaitCopied(String slot) {
		Awaitility.await("the standby has the slot")
			.atMost(PATIENCE)
			.until(() -> onStandby(
					"SELECT count(*) FROM pg_replication_slots WHERE synced AND NOT temporary AND slot_name = '" + slot
							+ "'")
				.equals("1"));
	}

	/**
	 * The primary crashes, and the standby is promoted and gets its address.
	 */
	void failOver() throws Exception {
		String written = TestPostgres.value(settings(), "SELECT pg_current_wal_lsn()");
		Awaitility.await("the standby has all of the log")
			.atMost(PATIENCE)
			.until(() -> onStandby("SELECT pg_last_wal_replay_lsn() >= '" + written + "'").equals("t"));
		crash(this.primary, this.data);
		onStandby("SELECT pg_promote()");
		Awaitility.await().atMost(PATIENCE).until(() -> onStandby("SELECT pg_is_in_recovery()").equals("f"));
		crash(this.standby, this.copy);
		this.standby = start(this.copy, this.port);
		forgetStandby();
	}

	/**
	 * The standby crashes.
	 */
	void loseStandby() throws Exception {
		crash(this.standby, this.copy);
	}

	/**
	 * The primary goes on without a standby.
	 */
	void forgetStandby() {
		TestPostgres.execute(settings(), "ALTER SYSTEM RESET synchronized_standby_slots", "SELECT pg_reload_conf()");
	}

	private String onStandby(String query) throws SQLException {
		return TestPostgres.value(TestPostgres.settings(this.standby, "app"), query);
	}

	private static void crash(EmbeddedPostgres server, Path directory) throws Exception {
		long pid = Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid")).get(0));
		run("kill", "-QUIT", Long.toString(pid));
		Awaitility.await().atMost(PATIENCE).until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
		server.close();
		Files.deleteIfExists(directory.resolve("postmaster.pid"));
	}

	private static void run(String... command) throws Exception {
		int result = new ProcessBuilder(command).inheritIO().start().waitFor();
		if (result != 0) {
			throw new IllegalStateException(String.join(" ", command) + " has ended with " + result);
		}
	}

	@Override
	public void close() throws IOException {
		this.standby.close();
		this.primary.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
