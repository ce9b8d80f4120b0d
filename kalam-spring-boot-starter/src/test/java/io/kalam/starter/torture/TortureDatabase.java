package io.kalam.starter.torture;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.kalam.catalog.Lsn;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Postgres that can be killed, whose triggers write down in each transaction what it
 * does: the truth that clients are compared with, independent of its log.
 */
final class TortureDatabase implements AutoCloseable {

	private static final String[] SCHEMA = {
			"CREATE TABLE note (id int8 PRIMARY KEY, owner text COLLATE \"C\", n int4 NOT NULL, commit_no int8 NOT NULL, "
					+ "kind text COLLATE \"C\" NOT NULL, body text)",
			"CREATE TABLE board (LIKE note INCLUDING ALL)", "ALTER TABLE note REPLICA IDENTITY FULL",
			"ALTER TABLE board REPLICA IDENTITY FULL", "CREATE SEQUENCE ids START 1000",
			"CREATE TABLE commits (number int8 PRIMARY KEY, begun pg_lsn NOT NULL)",
			"CREATE TABLE audit (place int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, number int8, name text, old text, "
					+ "new text)",
			"CREATE INDEX ON audit (number)", """
					CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
					INSERT INTO audit (number, name, old, new) VALUES (current_setting('torture.number')::int8,
					TG_TABLE_NAME, CASE WHEN TG_OP IN ('UPDATE', 'DELETE') THEN to_json(OLD)::text END,
					CASE WHEN TG_OP IN ('INSERT', 'UPDATE') THEN to_json(NEW)::text END);
					RETURN NULL; END $$""", trigger("note"), truncation("note"), trigger("board"),
			truncation("board") };

	private final EmbeddedPostgresServer server = EmbeddedPostgresServer.builder()
		.durable(true)
		.database("torture")
		.serverParameter("deadlock_timeout", "200ms")
		.start();

	TortureDatabase() throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			for (String sql : SCHEMA) {
				statement.execute(sql);
			}
		}
	}

	private static String trigger(String table) {
		return "CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON " + table
				+ " FOR EACH ROW EXECUTE FUNCTION audit()";
	}

	private static String truncation(String table) {
		return "CREATE TRIGGER audit_truncate AFTER TRUNCATE ON " + table
				+ " FOR EACH STATEMENT EXECUTE FUNCTION audit()";
	}

	int port() {
		return this.server.port();
	}

	Connection connect() throws SQLException {
		return DriverManager.getConnection(this.server.jdbcUrl(), this.server.user(), this.server.password());
	}

	/**
	 * A connection, as soon as there can be one.
	 */
	Connection awaitConnection() {
		return Awaitility.await("Postgres accepts connections")
			.atMost(90, TimeUnit.SECONDS)
			.pollInterval(50, TimeUnit.MILLISECONDS)
			.ignoreExceptionsInstanceOf(SQLException.class)
			.until(this::connect, (connection) -> true);
	}

	void kill() {
		this.server.kill();
	}

	void restart() {
		this.server.restart();
	}

	static Lsn end(Connection connection) throws SQLException {
		return Lsn.parse(strings(connection, "SELECT pg_current_wal_insert_lsn()").get(0));
	}

	static List<String> strings(Connection connection, String sql) throws SQLException {
		List<String> values = new ArrayList<>();
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			while (rows.next()) {
				values.add(rows.getString(1));
			}
		}
		return values;
	}

	/**
	 * Of every commit after another, a position in the log before its end.
	 */
	static Map<Long, Lsn> begunAfter(Connection connection, long number) throws SQLException {
		Map<Long, Lsn> begun = new HashMap<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT number, begun FROM commits WHERE number > " + number)) {
			while (rows.next()) {
				begun.put(rows.getLong(1), Lsn.parse(rows.getString(2)));
			}
		}
		return begun;
	}

	/**
	 * Takes away what the triggers have written.
	 */
	static List<Entry> takeAudit(Connection connection) throws SQLException {
		List<Entry> entries = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT number, begun, name, old, new FROM audit "
						+ "JOIN commits USING (number) ORDER BY place")) {
			while (rows.next()) {
				entries.add(new Entry(rows.getLong(1), Lsn.parse(rows.getString(2)), rows.getString(3),
						json(rows.getString(4)), json(rows.getString(5))));
			}
			statement.execute("TRUNCATE audit");
		}
		return entries;
	}

	private static JsonNode json(String row) {
		return (row != null) ? JsonMapper.shared().readTree(row) : null;
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * What a trigger has written: a row that was inserted, updated or deleted, or without
	 * rows a TRUNCATE.
	 *
	 * @param number the number of the commit
	 * @param begun a position in the log before the commit's end
	 * @param table the table
	 * @param before the row as it was, or {@code null}
	 * @param after the row as it is, or {@code null}
	 */
	record Entry(long number, Lsn begun, String table, JsonNode before, JsonNode after) {

		boolean isTruncate() {
			return this.before == null && this.after == null;
		}

	}

}
