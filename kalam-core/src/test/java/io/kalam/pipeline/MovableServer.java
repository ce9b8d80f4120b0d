package io.kalam.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * A server on one port whose data directory can be copied and replaced.
 */
final class MovableServer implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Path directory;

	private final Path data;

	private final Path copy;

	private EmbeddedPostgres server;

	private int port;

	MovableServer(Path directory) {
		this.directory = directory;
		this.data = directory.resolve("data");
		this.copy = directory.resolve("copy");
		start(0);
		this.port = this.server.getPort();
	}

	private void start(int wanted) {
		this.server = TestPostgres.start(Map.of(), (builder) -> {
			builder.setDataDirectory(this.data).setCleanDataDirectory(false);
			if (wanted > 0) {
				builder.setPort(wanted);
			}
		});
	}

	PostgresSettings settings(String database) {
		return new PostgresSettings("127.0.0.1", this.port, database, "postgres", "postgres", Map.of());
	}

	/**
	 * Crashes, is copied, and starts again.
	 */
	void keepCopy() throws Exception {
		crash();
		copy(this.data, this.copy);
		start(this.port);
	}

	/**
	 * Crashes, and starts again with what the copy has.
	 */
	void goBack() throws Exception {
		crash();
		replaceByCopy();
		start(this.port);
	}

	/**
	 * Crashes, goes back to the copy, and does something else before it can be reached.
	 */
	void goBackAnd(String... statements) throws Exception {
		crash();
		replaceByCopy();
		start(0);
		TestPostgres.execute(TestPostgres.settings(this.server, "app"), statements);
		crash();
		start(this.port);
	}

	/**
	 * Crashes, and a standby that has everything is promoted in its place.
	 */
	void promote(boolean fromCopy, String... statements) throws Exception {
		crash();
		if (fromCopy) {
			replaceByCopy();
		}
		Files.createFile(this.data.resolve("standby.signal"));
		start(0);
		PostgresSettings promoted = TestPostgres.settings(this.server, "app");
		TestPostgres.execute(promoted, "SELECT pg_promote()");
		Awaitility.await().atMost(PATIENCE).until(() -> !isInRecovery(promoted));
		TestPostgres.execute(promoted, statements);
		crash();
		start(this.port);
	}

	/**
	 * Is replaced by an empty cluster.
	 */
	void replace() throws Exception {
		crash();
		FileSystemUtils.deleteRecursively(this.data);
		start(this.port);
	}

	private void replaceByCopy() throws Exception {
		FileSystemUtils.deleteRecursively(this.data);
		copy(this.copy, this.data);
	}

	private static boolean isInRecovery(PostgresSettings settings) throws SQLException {
		try (Connection connection = settings.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
			row.next();
			return row.getBoolean(1);
		}
	}

	private void crash() throws Exception {
		long pid = Long.parseLong(Files.readAllLines(this.data.resolve("postmaster.pid")).get(0));
		run("kill", "-QUIT", Long.toString(pid));
		Awaitility.await().atMost(PATIENCE).until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
		this.server.close();
		Files.deleteIfExists(this.data.resolve("postmaster.pid"));
	}

	private static void copy(Path from, Path to) throws Exception {
		run("cp", "-a", from.toString(), to.toString());
	}

	private static void run(String... command) throws Exception {
		int result = new ProcessBuilder(command).inheritIO().start().waitFor();
		if (result != 0) {
			throw new IllegalStateException(String.join(" ", command) + " has ended with " + result);
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
