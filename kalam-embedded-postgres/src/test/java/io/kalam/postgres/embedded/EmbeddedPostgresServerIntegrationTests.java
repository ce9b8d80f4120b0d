package io.kalam.postgres.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedPostgresServerIntegrationTests {

	@TempDir
	Path directory;

	@Test
	void temporaryServer() throws Exception {
		Path data;
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder()
			.database("Kalam \"Desk\"/1")
			.serverParameter("max_wal_senders", "7")
			.start()) {
			data = server.dataDirectory();
			assertThat(server.isRunning()).isTrue();
			assertThat(query(server, "SHOW wal_level")).isEqualTo("logical");
			assertThat(query(server, "SHOW max_wal_senders")).isEqualTo("7");
			assertThat(query(server, "SHOW fsync")).isEqualTo("off");
			assertThat(query(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
			assertThat(query(server, "SHOW unix_socket_directories")).isEmpty();
			assertThat(query(server, "SELECT current_database()")).isEqualTo("Kalam \"Desk\"/1");
			assertThat(query(server, "SELECT upper('öé')")).isEqualTo("ÖÉ");
			assertThat(query(server, "SHOW server_version")).isEqualTo(server.version()).startsWith("17.");
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), "postgres", "wrong"))
				.withMessageContaining("password");
		}
		assertThat(data).doesNotExist();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void dataDirectoryIsOursAlone() throws IOException {
		try (EmbeddedPostgresServer kept = EmbeddedPostgresServer.builder()
			.dataDirectory(this.directory.resolve("a/b"))
			.start(); EmbeddedPostgresServer temporary = EmbeddedPostgresServer.builder().start()) {
			assertThat(permissions(kept)).isEqualTo("rwx------");
			assertThat(permissions(temporary)).isEqualTo("rwx------");
			assertThat(kept.port()).isNotEqualTo(temporary.port());
		}
	}

	@Test
	void keptDataSurviveARestart() throws Exception {
		Path data = this.directory.resolve("it's data");
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().dataDirectory(data).start()) {
			execute(server, "CREATE TABLE t AS SELECT 42 AS n");
			assertThat(query(server, "SHOW fsync")).isEqualTo("on");
			assertThat(query(server, "SHOW synchronous_commit")).isEqualTo("on");
			assertThat(query(server, "SHOW full_page_writes")).isEqualTo("on");
		}
		assertThat(data).isDirectory();
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder()
			.dataDirectory(data)
			.durable(false)
			.start()) {
			assertThat(query(server, "SELECT n FROM t")).isEqualTo("42");
			assertThat(query(server, "SHOW fsync")).isEqualTo("off");
		}
	}

	@Test
	void recoversFromBeingKilled() throws Exception {
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder()
			.dataDirectory(this.directory.resolve("data"))
			.start(); Connection connection = connect(server)) {
			int port = server.port();
			connection.createStatement().execute("CREATE TABLE t AS SELECT 42 AS n");
			server.kill();
			assertThat(server.isRunning()).isFalse();
			assertThat(server.dataDirectory().resolve("postmaster.pid")).exists();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(server));
			server.restart();
			assertThat(server.port()).isEqualTo(port);
			assertThat(query(server, "SELECT n FROM t")).isEqualTo("42");
			assertThat(Files.readString(server.dataDirectory().resolve("kalam.log")))
				.contains("automatic recovery in progress");
		}
	}

	@Test
	void stopsAndStartsAgain() throws Exception {
		EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start();
		try (server; Connection connection = connect(server)) {
			connection.createStatement().execute("CREATE TABLE t AS SELECT 42 AS n");
			server.stop();
			server.stop();
			assertThat(server.isRunning()).isFalse();
			server.restart();
			server.restart();
			assertThat(query(server, "SELECT n FROM t")).isEqualTo("42");
			server.kill();
			server.kill();
		}
		assertThat(server.dataDirectory()).doesNotExist();
		server.close();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(server::restart);
	}

	@Test
	void startsInSpiteOfTheFileOfAServerWhoseProcessIdIsUsedAgain() throws Exception {
		Path data = this.directory.resolve("data");
		EmbeddedPostgresServer.builder().dataDirectory(data).start().close();
		Files.writeString(data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n");
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().dataDirectory(data).start()) {
			assertThat(server.isRunning()).isTrue();
		}
	}

	@Test
	void directoryInUse() {
		Path data = this.directory.resolve("data");
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().dataDirectory(data).start()) {
			assertThatExceptionOfType(DataDirectoryInUseException.class)
				.isThrownBy(() -> EmbeddedPostgresServer.builder().dataDirectory(data).start())
				.withMessageContainingAll(data.toString(), "process ", "kill -INT");
			assertThat(server.isRunning()).isTrue();
		}
	}

	@Test
	void portTaken() throws IOException {
		Path data = this.directory.resolve("data");
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(PortInUseException.class)
				.isThrownBy(
						() -> EmbeddedPostgresServer.builder().port(socket.getLocalPort()).dataDirectory(data).start())
				.withMessageContainingAll(":" + socket.getLocalPort(), "kalam.embedded-postgres.port");
		}
	}

	@Test
	void directoryOfAnotherVersion() throws IOException {
		Files.writeString(this.directory.resolve("PG_VERSION"), "16\n");
		assertThatExceptionOfType(DataDirectoryVersionException.class)
			.isThrownBy(() -> EmbeddedPostgresServer.builder().dataDirectory(this.directory).start())
			.withMessageContainingAll("Postgres 16", "version 17", "rm -r '" + this.directory + "'");
	}

	@Test
	void directoryWithOtherFilesIsLeftUntouched() throws IOException {
		Files.writeString(this.directory.resolve("thesis.txt"), "precious");
		assertThatExceptionOfType(DataDirectoryUnusableException.class)
			.isThrownBy(() -> EmbeddedPostgresServer.builder().dataDirectory(this.directory).start())
			.withMessageContainingAll(this.directory.toString(), "kalam.embedded-postgres.data-directory");
		assertThat(this.directory.resolve("thesis.txt")).hasContent("precious");
		assertThat(this.directory.toFile().list()).hasSize(1);
	}

	@Test
	void directoryThatIsAFileOrBelowOne() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "");
		for (Path data : new Path[] { file, file.resolve("data") }) {
			assertThatExceptionOfType(DataDirectoryUnusableException.class)
				.isThrownBy(() -> EmbeddedPostgresServer.builder().dataDirectory(data).start())
				.withMessageContainingAll(data.toString(), "kalam.embedded-postgres.data-directory");
		}
	}

	@Test
	void parameterThatPostgresDoesNotKnow() {
		Path data = this.directory.resolve("data");
		assertThatExceptionOfType(ServerStartException.class)
			.isThrownBy(() -> EmbeddedPostgresServer.builder()
				.dataDirectory(data)
				.serverParameter("max_wal_sender", "7")
				.start())
			.withMessageContainingAll("unrecognized configuration parameter \"max_wal_sender\"",
					"kalam.embedded-postgres.server-parameters");
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().dataDirectory(data).start()) {
			assertThat(server.isRunning()).isTrue();
		}
	}

	private static String permissions(EmbeddedPostgresServer server) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(server.dataDirectory()));
	}

	private static Connection connect(EmbeddedPostgresServer server) throws SQLException {
		return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
	}

	private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
		try (Connection connection = connect(server); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static String query(EmbeddedPostgresServer server, String sql) throws SQLException {
		try (Connection connection = connect(server);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getString(1);
		}
	}

}
