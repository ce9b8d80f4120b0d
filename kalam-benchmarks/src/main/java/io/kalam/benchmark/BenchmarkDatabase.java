package io.kalam.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.TableReference;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;

/**
 * A Postgres of its own with a table whose rows have owners and a shared one, whose
 * commits survive a crash of the machine ({@code fsync} and {@code synchronous_commit}
 * are on) and whose other parameters are Postgres's defaults.
 */
final class BenchmarkDatabase implements AutoCloseable {

	static final String SLOT = "benchmark";

	static final String PUBLICATION = "benchmark";

	static final String OWNER = "alice";

	static final RealtimeTableDefinition TABLE = new RealtimeTableDefinition(
			new RequiredTable(new TableReference("public", "items"), "owner", "the benchmark"), RealtimeTableType.USER,
			Set.of());

	static final RealtimeTableDefinition SHARED = new RealtimeTableDefinition(
			new RequiredTable(new TableReference("public", "board"), null, "the benchmark"), RealtimeTableType.SHARED,
			Set.of());

	private static final List<String> SCHEMA = List.of("""
			CREATE TABLE items (id bigint PRIMARY KEY, owner text NOT NULL, status text NOT NULL, body text NOT NULL,
				created timestamptz NOT NULL DEFAULT now())
			""", "CREATE TABLE board (LIKE items INCLUDING ALL)", "ALTER TABLE items REPLICA IDENTITY FULL",
			"ALTER TABLE board REPLICA IDENTITY FULL");

	private final EmbeddedPostgresServer server;

	BenchmarkDatabase() {
		this.server = EmbeddedPostgresServer.builder().durable(true).start();
		execute(SCHEMA);
	}

	/**
	 * Makes publication and slot, as one would without Kalam.
	 * @param table the table that is published
	 */
	void publish(String table) {
		execute(List.of("CREATE PUBLICATION " + PUBLICATION + " FOR TABLE " + table,
				"SELECT pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')"));
	}

	void execute(List<String> statements) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The benchmark's database could not be set up", ex);
		}
	}

	/**
	 * A connection without limits of time.
	 * @return a connection, to be closed by the caller
	 * @throws SQLException if there is none to be had
	 */
	Connection connect() throws SQLException {
		return DriverManager.getConnection(this.server.jdbcUrl(), this.server.user(), this.server.password());
	}

	String version() {
		return this.server.version();
	}

	PostgresSettings settings() {
		return settings(this.server.port());
	}

	int port() {
		return this.server.port();
	}

	/**
	 * The database of another process.
	 * @param port the port that it was told
	 * @return where the database is
	 */
	static PostgresSettings settings(int port) {
		return new PostgresSettings("127.0.0.1", port, "postgres", "postgres", "postgres", Map.of());
	}

	@Override
	public void close() {
		this.server.close();
	}

}
