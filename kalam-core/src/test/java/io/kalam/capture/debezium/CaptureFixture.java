package io.kalam.capture.debezium;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.TableName;
import io.kalam.codec.RowType;
import io.kalam.testing.TestPostgres;

/**
 * A database with a slot and a publication, and the sources that read it.
 */
class CaptureFixture implements AutoCloseable {

	static final String MESSAGE_PREFIX = "kalam.heartbeat";

	private static final String PINNED = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; "
			+ "SET IntervalStyle = 'iso_8601'; SET extra_float_digits = 1; SET bytea_output = 'hex'";

	private static final AtomicInteger NUMBER = new AtomicInteger();

	final PostgresSettings postgres;

	final String slot = "slot_" + NUMBER.incrementAndGet();

	private final List<DebeziumChangeSource> sources = new ArrayList<>();

	volatile Map<TableName, RowType> types = Map.of();

	long maxTransactionBytes = 64 << 20;

	CaptureFixture(String... statements) {
		this(TestPostgres.createDatabase(), statements);
	}

	CaptureFixture(PostgresSettings postgres, String... statements) {
		this.postgres = postgres;
		execute(statements);
		execute("CREATE PUBLICATION pub FOR ALL TABLES WITH (publish_via_partition_root)",
				"SELECT pg_create_logical_replication_slot('" + this.slot + "', 'pgoutput')");
	}

	void execute(String... statements) {
		TestPostgres.execute(this.postgres, statements);
	}

	void know(String... tables) {
		this.types = RowTypes.read(this.postgres, tables);
	}

	String query(String sql) {
		try (Connection connection = this.postgres.connect(); Statement statement = connection.createStatement()) {
			statement.execute(PINNED);
			try (ResultSet result = statement.executeQuery(sql)) {
				return result.next() ? result.getString(1) : null;
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The rows of a table by their keys.
	 */
	Map<String, String> rows(RowType type) {
		Map<String, String> rows = new TreeMap<>();
		try (Connection connection = this.postgres.connect();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("SELECT * FROM " + type.name().toSql())) {
			while (result.next()) {
				List<String> values = new ArrayList<>();
				for (int i = 1; i <= type.codecs().size(); i++) {
					values.add(result.getString(i));
				}
				rows.put(type.table().key().stream().map((column) -> values.get(column.index())).toList().toString(),
						values.toString());
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return rows;
	}

	Lsn confirmed() {
		return Lsn
			.parse(query("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + this.slot + "'"));
	}

	boolean isActive() {
		return "t".equals(query("SELECT active FROM pg_replication_slots WHERE slot_name = '" + this.slot + "'"));
	}

	DebeziumSettings settings(PostgresSettings postgres, Map<String, String> properties) {
		return new DebeziumSettings(postgres, this.slot, "pub", this.slot + "-" + NUMBER.incrementAndGet(),
				MESSAGE_PREFIX, this.maxTransactionBytes, properties, () -> this.types);
	}

	DebeziumChangeSource source() {
		return source(settings(this.postgres, Map.of()));
	}

	DebeziumChangeSource source(DebeziumSettings settings) {
		DebeziumChangeSource source = new DebeziumChangeSource(settings);
		this.sources.add(source);
		return source;
	}

	Recorder start() {
		return start(confirmed());
	}

	Recorder start(Lsn after) {
		Recorder recorder = new Recorder();
		source().start(after, recorder);
		recorder.awaitStreaming();
		return recorder;
	}

	DebeziumChangeSource latest() {
		return this.sources.get(this.sources.size() - 1);
	}

	@Override
	public void close() {
		this.sources.forEach(DebeziumChangeSource::stop);
		execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + this.slot
				+ "'");
	}

}
