package io.kalam.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.change.Row;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.codec.TypeSamples;
import io.kalam.partition.LiveTable;
import io.kalam.testing.TestPostgres;
import io.kalam.testing.TestTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * For every row of random tables, a random condition says here what it says in Postgres,
 * in the client's own words and in ours.
 */
class PredicateIntegrationTests {

	private static final long SEED = Long.getLong("kalam.seed", System.nanoTime());

	private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("kalam.query.differential.seconds", 10));

	private static final int ROWS = 40;

	private static final int CONDITIONS_PER_TABLE = 150;

	private static final Map<String, TypeSamples> SAMPLES = TypeSamples.all()
		.collect(Collectors.toMap(TypeSamples::sql, (type) -> type));

	private static Connection connection;

	private final Map<String, Integer> outcomes = new TreeMap<>();

	private long pairs;

	@BeforeAll
	static void connect() throws SQLException {
		connection = TestPostgres.createDatabase().connect();
		execute("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')", "CREATE DOMAIN small AS int4",
				"CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
				"SET TimeZone = 'UTC'", "SET DateStyle = 'ISO, YMD'", "SET IntervalStyle = 'iso_8601'",
				"SET extra_float_digits = 1", "SET bytea_output = 'hex'");
	}

	@AfterAll
	static void close() throws SQLException {
		connection.close();
	}

	@Test
	void saysWhatPostgresSays() throws SQLException {
		long end = System.nanoTime() + BUDGET.toNanos();
		for (long seed = SEED; System.nanoTime() < end; seed++) {
			compareOnOneTable(seed, end);
		}
		System.out.printf("seed %s: %s pairs of row and condition, %s%n", SEED, this.pairs, this.outcomes);
		assertThat(this.outcomes.getOrDefault("accepted", 0))
			.isGreaterThan(this.outcomes.getOrDefault("refused", 0) / 4);
	}

	@Test
	void knowsTheWordsThatAreNoIdentifiers() throws SQLException {
		String sql = "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')";
		try (Statement statement = connection.createStatement(); ResultSet words = statement.executeQuery(sql)) {
			while (words.next()) {
				String word = words.getString(1);
				assertThat(Words.isKeyword(word) || Words.refusal(word) != null).as(word).isTrue();
			}
		}
	}

	private void compareOnOneTable(long seed, long end) throws SQLException {
		Random random = new Random(seed);
		RowType type = new Codecs()
			.rowType(new Table(new TableName("public", "samples"), columns(), columns().subList(0, 1)));
		List<List<String>> values = createTable(type, random);
		List<Row> rows = readRows(type);
		PredicateGenerator generator = new PredicateGenerator(random, type.table().columns(), values);
		LiveTable table = TestTypes.liveTable(type);
		for (int i = 0; i < CONDITIONS_PER_TABLE && System.nanoTime() < end; i++) {
			PredicateGenerator.Generated generated = generator.next();
			String what = "seed " + seed + ": " + generated.ours() + " with " + generated.parameters();
			RowPredicate predicate;
			try {
				predicate = new LiveQueryParser(QueryLimits.DEFAULT)
					.parse("SELECT * FROM samples s WHERE " + generated.ours(), generated.parameters(), (s, n) -> table)
					.predicate();
			}
			catch (QueryException ex) {
				this.outcomes.merge((ex.code() == QueryException.Code.UNSUPPORTED) ? "refused" : "invalid", 1,
						Integer::sum);
				continue;
			}
			compare(rows, predicate, generated, what);
			this.outcomes.merge("accepted", 1, Integer::sum);
		}
	}

	private void compare(List<Row> rows, RowPredicate predicate, PredicateGenerator.Generated generated, String what)
			throws SQLException {
		List<Boolean> here = rows.stream().map(predicate::test).toList();
		assertSame(here, select("(" + generated.theirs() + ") IS TRUE", List.of(), what), rows, what);
		SqlCondition sql = predicate.toSql();
		String numbered = sql.text().replaceAll("\\(\\$\\d+\\)::", "CAST(? AS text)::");
		assertSame(here, select("(" + numbered + ") IS TRUE", sql.parameters(), what), rows, what + " as " + sql);
		this.pairs += rows.size();
	}

	private static void assertSame(List<Boolean> here, List<Boolean> there, List<Row> rows, String what) {
		if (!here.equals(there)) {
			int row = 0;
			while (here.get(row).equals(there.get(row))) {
				row++;
			}
			StringBuilder shown = new StringBuilder();
			for (Column column : rows.get(row).type().table().columns()) {
				Object value = rows.get(row).get(column.index());
				shown.append(column.name())
					.append('=')
					.append((value != null) ? rows.get(row).type().codec(column).print(value) : null)
					.append(", ");
			}
			fail("%s is %s here for %s", what, here.get(row), shown);
		}
	}

	private static List<Boolean> select(String condition, List<String> parameters, String what) throws SQLException {
		List<Boolean> result = new ArrayList<>();
		String sql = "SELECT " + condition + " FROM samples s ORDER BY id";
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < parameters.size(); i++) {
				statement.setString(i + 1, parameters.get(i));
			}
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					result.add(rows.getBoolean(1));
				}
			}
		}
		catch (SQLException ex) {
			fail(what + " is refused by Postgres: " + sql, ex);
		}
		return result;
	}

	private static List<Column> columns() {
		Map<String, String> types = new LinkedHashMap<>();
		types.put("id", "int8");
		types.put("b", "bool");
		types.put("b2", "bool");
		types.put("i2", "int2");
		types.put("i4", "int4");
		types.put("o", "oid");
		types.put("f4", "float4");
		types.put("f8", "float8");
		types.put("n", "numeric");
		types.put("n2", "numeric");
		types.put("t", "text");
		types.put("t2", "varchar");
		types.put("c5", "bpchar(8)");
		types.put("nm", "name");
		types.put("ch", "\"char\"");
		types.put("u", "uuid");
		types.put("d", "date");
		types.put("ts", "timestamp");
		types.put("tz", "timestamptz");
		types.put("tm", "time");
		types.put("tmz", "timetz");
		types.put("iv", "interval");
		types.put("bin", "bytea");
		List<Column> columns = new ArrayList<>();
		types.forEach((name, type) -> add(columns, name, TestTypes.type(type.replace("\"", "")), TestTypes.BINARY));
		add(columns, "li", TestTypes.type("text"), TestTypes.LINGUISTIC);
		add(columns, "ci", TestTypes.type("text"), TestTypes.NONDETERMINISTIC);
		add(columns, "e", TestTypes.enumType("public", "mood"), null);
		add(columns, "dm", TestTypes.domain("small", TestTypes.type("int4")), null);
		add(columns, "j", TestTypes.type("jsonb"), null);
		return columns;
	}

	private static void add(List<Column> columns, String name, ColumnType type, @Nullable Collation collation) {
		columns.add(new Column(name, columns.size(), type, true, false, collation));
	}

	private static String sqlType(Column column) {
		return switch (column.name()) {
			case "n2" -> "numeric(12,2)";
			case "c5" -> "bpchar(8)";
			case "ch" -> "\"char\"";
			default -> column.type().name();
		};
	}

	private static List<List<String>> createTable(RowType type, Random random) throws SQLException {
		List<List<String>> values = new ArrayList<>();
		List<String> definitions = new ArrayList<>();
		for (Column column : type.table().columns()) {
			Collation collation = column.collation();
			boolean text = List.of("text", "varchar", "bpchar").contains(column.type().name());
			definitions.add('"' + column.name() + "\" " + sqlType(column)
					+ ((collation != null && text) ? " COLLATE \"" + collation.name() + '"' : ""));
			values.add(values(column, random));
		}
		execute("DROP TABLE IF EXISTS samples", "CREATE TABLE samples (" + String.join(", ", definitions) + ")");
		String places = type.table()
			.columns()
			.stream()
			.map((column) -> "CAST(? AS text)::" + sqlType(column))
			.collect(Collectors.joining(", "));
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO samples VALUES (" + places + ")")) {
			for (int row = 0; row < ROWS; row++) {
				insert.setString(1, String.valueOf(row));
				for (int i = 1; i < values.size(); i++) {
					String value = values.get(i).get(random.nextInt(values.get(i).size() - 2));
					insert.setString(i + 1, (random.nextInt(6) > 0) ? value : null);
				}
				insert.addBatch();
			}
			insert.executeBatch();
		}
		return values;
	}

	/**
	 * What Postgres prints for some values; the last two do not come into the table.
	 */
	private static List<String> values(Column column, Random random) throws SQLException {
		TypeSamples samples = SAMPLES.get(sqlType(column));
		List<String> candidates = switch (column.name()) {
			case "id" -> List.of("0", "1", "20", "39");
			case "e" -> List.of("sad", "ok", "happy", "ok", "sad");
			case "dm" -> SAMPLES.get("int4").samples(random);
			case "n2" -> List.of("0.00", "1.50", "-1.50", "9999999999.99", "0.10", "NaN", "3", "7");
			default -> samples.samples(random);
		};
		List<String> values = new ArrayList<>();
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT format('%s', CAST(? AS text)::" + sqlType(column) + ")")) {
			for (int i = 0; i < 9; i++) {
				statement.setString(1, candidates.get(random.nextInt(candidates.size())));
				try (ResultSet rows = statement.executeQuery()) {
					rows.next();
					values.add(rows.getString(1));
				}
			}
		}
		return values;
	}

	private static List<Row> readRows(RowType type) throws SQLException {
		String printed = type.table()
			.columns()
			.stream()
			.map((column) -> "CASE WHEN \"%1$s\" IS NOT NULL THEN format('%%s', \"%1$s\") END".formatted(column.name()))
			.collect(Collectors.joining(", "));
		List<Row> result = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT " + printed + " FROM samples ORDER BY id")) {
			while (rows.next()) {
				String[] values = new String[type.codecs().size()];
				for (int i = 0; i < values.length; i++) {
					values[i] = rows.getString(i + 1);
				}
				result.add(TestTypes.row(type, values));
			}
		}
		return result;
	}

	private static void execute(String... statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
