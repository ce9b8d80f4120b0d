package io.kalam.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import io.kalam.testing.TestTypes;
import org.jspecify.annotations.Nullable;

/**
 * A table {@code samples} with a column of every type and rows made up of few values, so
 * that conditions hold for some.
 *
 * @param type the table
 * @param values what Postgres prints for some values of each column
 * @param rows the rows
 */
record PredicateTable(RowType type, List<List<String>> values, List<Row> rows) {

	/**
	 * Values of the elements of each array.
	 */
	static final Map<String, List<String>> ELEMENTS = Map.of("ti", List.of("0", "1", "2", "-1", "2147483647"), "ti2",
			List.of("0", "1", "2", "3"), "tt",
			List.of("", "a", "A", "a ", "b c", "null", "\u00e9", "{", "\"\\", "\uD83D\uDE00", ","), "tf",
			List.of("0", "-0", "NaN", "1.5", "Infinity", "1e-7"), "te", List.of("sad", "ok", "happy"), "tn",
			List.of("1", "1.0", "1.50", "NaN", "-3"), "tc", List.of("a", "a ", "b", "", " a"));

	/**
	 * Labels in an order that is not that of their names, as a label was added.
	 */
	private static final String[] MOODS = { "sad", "grim", "ok", "happy" };

	private static final int ROWS = Integer.getInteger("kalam.query.differential.rows", 100);

	private static final Map<String, TypeSamples> SAMPLES = TypeSamples.all()
		.collect(Collectors.toMap(TypeSamples::sql, (type) -> type));

	static PredicateTable create(Connection connection, Random random) throws SQLException {
		List<Column> columns = columns();
		RowType type = new Codecs()
			.rowType(new Table(new TableName("public", "samples"), columns, columns.subList(0, 1)));
		List<List<String>> values = fill(connection, type, random);
		return new PredicateTable(type, values, read(connection, type));
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
		types.put("n2", "numeric(12,2)");
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
		add(columns, "e", TestTypes.enumType("public", "mood", MOODS), null);
		add(columns, "dm", TestTypes.domain("small", TestTypes.type("int4")), null);
		add(columns, "j", TestTypes.type("jsonb"), null);
		add(columns, "js", TestTypes.type("json"), null);
		add(columns, "ti", TestTypes.type("int4[]"), null);
		add(columns, "ti2", TestTypes.type("int4[]"), null);
		add(columns, "tt", TestTypes.type("text[]"), TestTypes.BINARY);
		add(columns, "tf", TestTypes.type("float8[]"), null);
		add(columns, "te", TestTypes.array("_mood", TestTypes.enumType("public", "mood", MOODS)), null);
		add(columns, "tn", TestTypes.type("numeric[]"), null);
		add(columns, "tc", TestTypes.type("bpchar(8)[]"), TestTypes.BINARY);
		return columns;
	}

	private static void add(List<Column> columns, String name, ColumnType type, @Nullable Collation collation) {
		columns.add(new Column(name, columns.size(), type, true, false, collation));
	}

	private static String sqlType(Column column) {
		return switch (column.name()) {
			case "n2" -> "numeric(12,2)";
			case "c5" -> "bpchar(8)";
			case "tc" -> "bpchar(8)[]";
			case "ch" -> "\"char\"";
			default -> column.type().name();
		};
	}

	private static List<List<String>> fill(Connection connection, RowType type, Random random) throws SQLException {
		List<List<String>> values = new ArrayList<>();
		List<String> definitions = new ArrayList<>();
		for (Column column : type.table().columns()) {
			Collation collation = column.collation();
			boolean text = List.of("text", "varchar", "bpchar", "_text", "_bpchar").contains(column.type().name());
			definitions.add('"' + column.name() + "\" " + sqlType(column)
					+ ((collation != null && text) ? " COLLATE \"" + collation.name() + '"' : ""));
			values.add(values(connection, column, random));
		}
		execute(connection, "DROP TABLE IF EXISTS samples",
				"CREATE TABLE samples (" + String.join(", ", definitions) + ")");
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
	private static List<String> values(Connection connection, Column column, Random random) throws SQLException {
		TypeSamples samples = SAMPLES.get(sqlType(column));
		List<String> candidates = switch (column.name()) {
			case "id" -> List.of("0", "1", "20", "39");
			case "e" -> List.of("sad", "ok", "happy", "ok", "grim");
			case "dm" -> SAMPLES.get("int4").samples(random);
			case "j", "js" -> ConstructGenerator.DOCUMENTS;
			case "n2" -> List.of("0.00", "1.50", "-1.50", "9999999999.99", "0.10", "NaN", "3", "7");
			default -> (samples != null) ? samples.samples(random) : arrays(ELEMENTS.get(column.name()), random);
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

	private static List<String> arrays(List<String> elements, Random random) {
		List<String> arrays = new ArrayList<>(List.of("{}", "{NULL}"));
		for (int i = 0; i < 20; i++) {
			List<String> quoted = random.ints(6, 0, elements.size())
				.mapToObj((place) -> '"' + elements.get(place).replace("\\", "\\\\").replace("\"", "\\\"") + '"')
				.map((element) -> (random.nextInt(8) > 0) ? element : "NULL")
				.toList();
			String flat = String.join(",", quoted.subList(0, 1 + random.nextInt(4)));
			arrays.add(switch (random.nextInt(5)) {
				case 0 ->
					"{{" + quoted.get(0) + "," + quoted.get(1) + "},{" + quoted.get(2) + "," + quoted.get(3) + "}}";
				case 1 -> "[0:1]={" + quoted.get(0) + "," + quoted.get(1) + "}";
				default -> "{" + flat + "}";
			});
		}
		return arrays;
	}

	private static List<Row> read(Connection connection, RowType type) throws SQLException {
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

	private static void execute(Connection connection, String... statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
