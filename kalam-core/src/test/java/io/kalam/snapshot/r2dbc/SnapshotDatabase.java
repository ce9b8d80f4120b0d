package io.kalam.snapshot.r2dbc;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.catalog.CatalogReader;
import io.kalam.catalog.Column;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableLineage;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.change.Row;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.query.LiveQuery;
import io.kalam.query.Projection;
import io.kalam.query.RowPredicate;
import io.kalam.query.SqlCondition;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.testing.PrintedCodec;
import io.kalam.testing.TestPostgres;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A database with tables, and requests to read them.
 */
final class SnapshotDatabase {

	static final Duration WAIT = Duration.ofSeconds(60);

	private static final JsonMapper JSON = JsonMapper.shared();

	final PostgresSettings settings = TestPostgres.createDatabase();

	void execute(String... statements) {
		TestPostgres.execute(this.settings, statements);
	}

	String query(String sql) {
		try (Connection connection = this.settings.connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * How many sessions of the reader the database has.
	 */
	int sessions() {
		return Integer.parseInt(query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
				+ " AND application_name = 'kalam-snapshot'"));
	}

	/**
	 * A table, as the catalog describes it.
	 */
	LiveTable table(String name, String owner) {
		return live(new Codecs().rowType(read(name)), owner);
	}

	/**
	 * A table whose values are what Postgres prints for them, whatever their types.
	 */
	LiveTable printed(String name, String owner) {
		Table table = read(name);
		return live(new RowType(table, Collections.nCopies(table.columns().size(), PrintedCodec.INSTANCE)), owner);
	}

	private Table read(String name) {
		try (Connection connection = this.settings.connect()) {
			return new CatalogReader(connection).read(new TableName("public", name));
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static LiveTable live(RowType type, String owner) {
		RealtimeTableDefinition definition = new RealtimeTableDefinition(
				new RequiredTable(new TableReference(null, type.name().name()), owner, "test"),
				(owner != null) ? RealtimeTableType.USER : RealtimeTableType.SHARED, Set.of());
		return new LiveTable(definition, type, (owner != null) ? type.table().column(owner) : null,
				new TableLineage("a test"));
	}

	/**
	 * A table with 2000 rows of ann's.
	 */
	LiveTable tickets() {
		execute("CREATE TABLE tickets (id int8 PRIMARY KEY, owner text, title text)",
				"INSERT INTO tickets SELECT i, 'ann', repeat('x', 200) FROM generate_series(1, 2000) i");
		return table("tickets", "owner");
	}

	/**
	 * How many locks of a table others hold or want.
	 */
	int locks(String table) {
		return Integer.parseInt(query("SELECT count(*) FROM pg_locks WHERE relation = '" + table
				+ "'::regclass AND pid <> pg_backend_pid()"));
	}

	/**
	 * A reader that spools what does not fit into 10 kB.
	 */
	R2dbcSnapshotReader reader(Path directory, int maxConcurrent, Duration acquireTimeout) {
		return new R2dbcSnapshotReader(this.settings, new SnapshotSettings(maxConcurrent, acquireTimeout, WAIT,
				Duration.ofSeconds(15), Duration.ofSeconds(30), 10_000, directory, "kalam-snapshot"),
				() -> Sequence.ZERO);
	}

	static SnapshotRequest request(LiveTable table, String owner) {
		return request(table, owner, SqlCondition.TRUE, 0);
	}

	static SnapshotRequest request(LiveTable table, String owner, SqlCondition condition, int lastRows,
			String... columns) {
		RowType type = table.rowType();
		List<Column> shown = (columns.length == 0) ? type.table().columns()
				: List.of(columns).stream().map(type.table()::column).toList();
		LiveQuery query = new LiveQuery(table, Projection.of(type, shown), new Condition(condition));
		return new SnapshotRequest(new Partition(table.name(), owner), query, lastRows);
	}

	static SnapshotSettings settings(Path directory, int maxConcurrent, int memory) {
		return new SnapshotSettings(maxConcurrent, WAIT, WAIT, Duration.ofMillis(300), Duration.ofSeconds(30), memory,
				directory, "kalam-snapshot");
	}

	/**
	 * All rows of a snapshot, which is released.
	 */
	static List<JsonNode> rows(Snapshot snapshot) {
		List<JsonNode> rows = new ArrayList<>();
		List<byte[]> page = snapshot.rows(0, 500).block(WAIT);
		while (!page.isEmpty()) {
			page.forEach((row) -> rows.add(parse(row)));
			page = snapshot.rows(rows.size(), 500).block(WAIT);
		}
		snapshot.release();
		return rows;
	}

	static JsonNode parse(byte[] row) {
		return JSON.readTree(new String(row, StandardCharsets.UTF_8));
	}

	/**
	 * A condition that only Postgres evaluates.
	 */
	record Condition(SqlCondition toSql) implements RowPredicate {

		@Override
		public boolean test(Row row) {
			throw new UnsupportedOperationException();
		}

	}

}
