package io.kalam.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;

import io.kalam.catalog.CatalogReader;
import io.kalam.catalog.Column;
import io.kalam.catalog.TableName;
import io.kalam.change.Row;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.testing.TestTypes;

/**
 * A table {@code samples} with a column of every type, in any order, and rows made up of
 * few values, so that conditions hold for some.
 *
 * @param type the table, as the catalog describes it
 * @param values what Postgres prints for some values of each column; the last two do not
 * come into the table
 * @param literals how those values were written
 * @param rows the rows, in the order of their key
 */
record PredicateTable(RowType type, List<List<String>> values, List<List<String>> literals, List<Row> rows) {

	private static final int ROWS = Integer.getInteger("kalam.query.differential.rows", 100);

	private static final int VALUES = 9;

	/**
	 * How many of the values come into the table.
	 */
	private static final int WRITTEN = VALUES - 2;

	/**
	 * What the output function prints; a composite value with a null inside is not null.
	 */
	private static final String PRINTED = "CASE WHEN \"%1$s\" IS DISTINCT FROM NULL THEN format('%%s', \"%1$s\") END";

	static PredicateTable create(Connection connection, Random random) throws SQLException {
		List<String> names = new ArrayList<>(PredicateColumns.names());
		Collections.shuffle(names, random);
		execute(connection, "DROP TABLE IF EXISTS samples",
				"CREATE TABLE samples (gone int4, "
						+ names.stream().map(PredicateColumns::definition).collect(Collectors.joining(", ")) + ")",
				"ALTER TABLE samples DROP gone");
		RowType type = new Codecs()
			.rowType(Objects.requireNonNull(new CatalogReader(connection).read(new TableName("public", "samples"))));
		List<List<String>> literals = names.stream().map((name) -> literals(name, random)).toList();
		List<List<String>> values = printed(connection, names, literals);
		fill(connection, names, values, random);
		return new PredicateTable(type, values, literals, read(connection, type));
	}

	private static List<String> literals(String name, Random random) {
		List<String> candidates = PredicateColumns.candidates(name, random);
		return random.ints(VALUES, 0, candidates.size()).mapToObj(candidates::get).toList();
	}

	private static List<List<String>> printed(Connection connection, List<String> names, List<List<String>> literals)
			throws SQLException {
		List<List<String>> values = names.stream().<List<String>>map((name) -> new ArrayList<>()).toList();
		String texts = names.stream()
			.map((name) -> "format('%s', CAST(? AS text)::" + PredicateColumns.type(name) + ")")
			.collect(Collectors.joining(", "));
		try (PreparedStatement statement = connection.prepareStatement("SELECT " + texts)) {
			for (int place = 0; place < VALUES; place++) {
				for (int i = 0; i < names.size(); i++) {
					statement.setString(i + 1, literals.get(i).get(place));
				}
				try (ResultSet row = statement.executeQuery()) {
					row.next();
					for (int i = 0; i < names.size(); i++) {
						values.get(i).add(row.getString(i + 1));
					}
				}
			}
		}
		return values;
	}

	private static void fill(Connection connection, List<String> names, List<List<String>> values, Random random)
			throws SQLException {
		String places = names.stream()
			.map((name) -> "CAST(? AS text)::" + PredicateColumns.type(name))
			.collect(Collectors.joining(", "));
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO samples VALUES (" + places + ")")) {
			for (int row = 0; row < ROWS; row++) {
				for (int i = 0; i < names.size(); i++) {
					String value = values.get(i).get(random.nextInt(WRITTEN));
					insert.setString(i + 1,
							names.get(i).equals("id") ? String.valueOf(row) : (random.nextInt(6) > 0) ? value : null);
				}
				insert.addBatch();
			}
			insert.executeBatch();
		}
	}

	private static List<Row> read(Connection connection, RowType type) throws SQLException {
		String printed = type.table()
			.columns()
			.stream()
			.map((column) -> PRINTED.formatted(column.name()))
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

	/**
	 * How the values of a column that come into the table were written.
	 * @param column the place of the column
	 * @return some values
	 */
	List<String> written(int column) {
		return this.literals.get(column).subList(0, WRITTEN);
	}

	/**
	 * A row's values in the columns that a condition names.
	 * @param row the place of the row
	 * @param condition the condition
	 * @return the values, as Postgres prints them
	 */
	String show(int row, String condition) {
		List<String> words = List.of(condition.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"));
		return this.type.table()
			.columns()
			.stream()
			.filter((column) -> words.contains(column.name()))
			.map((column) -> column.name() + '=' + printed(row, column))
			.collect(Collectors.joining(", "));
	}

	private String printed(int row, Column column) {
		Object value = this.rows.get(row).get(column.index());
		String printed = (value != null) ? this.type.codec(column).print(value) : "null";
		return (printed.length() > 60) ? printed.substring(0, 60) + '…' : printed;
	}

	private static void execute(Connection connection, String... statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
