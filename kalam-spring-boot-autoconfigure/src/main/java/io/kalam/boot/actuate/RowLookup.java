package io.kalam.boot.actuate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.kalam.catalog.Column;
import io.kalam.catalog.PostgresFailures;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.PrintingSettings;
import io.kalam.catalog.TableName;
import io.kalam.codec.Codec;
import io.kalam.partition.LiveTable;
import io.kalam.query.SqlCondition;
import org.jspecify.annotations.Nullable;

/**
 * Looks a row up in the database, and asks the database for which conditions it would
 * select it.
 */
final class RowLookup {

	private static final String TRANSACTION = "SET TRANSACTION READ ONLY; "
			+ String.join("; ", PrintingSettings.ofTransaction());

	private static final Pattern PARAMETER = Pattern.compile("\\(\\$(\\d+)\\)");

	private final PostgresSettings settings;

	RowLookup(PostgresSettings settings) {
		this.settings = settings;
	}

	/**
	 * Looks a row up.
	 * @param table its table
	 * @param key the values of its key
	 * @param conditions the conditions to ask about
	 * @return what was found, {@code null} if there is no such row
	 */
	@Nullable Found find(LiveTable table, List<String> key, List<SqlCondition> conditions) {
		List<String> parameters = new ArrayList<>();
		Column owner = table.owner();
		String select = ((owner != null) ? "format('%s', " + name(owner) + ")" : "NULL") + conditions.stream()
			.map((condition) -> ", (" + bound(condition, parameters) + ")")
			.collect(Collectors.joining());
		String where = table.rowType()
			.table()
			.key()
			.stream()
			.map((column) -> name(column) + " = ?")
			.collect(Collectors.joining(" AND "));
		parameters.addAll(key);
		return query("SELECT " + select + ", " + ((owner != null) ? name(owner) + " IS NULL" : "true") + " FROM "
				+ table.name().toSql() + " WHERE " + where, parameters, table, conditions.size());
	}

	private @Nullable Found query(String sql, List<String> parameters, LiveTable table, int conditions) {
		try (Connection connection = connect()) {
			connection.setAutoCommit(false);
			try (Statement session = connection.createStatement()) {
				session.execute(TRANSACTION);
			}
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				for (int i = 0; i < parameters.size(); i++) {
					statement.setObject(i + 1, parameters.get(i), Types.OTHER);
				}
				try (ResultSet row = statement.executeQuery()) {
					return row.next() ? found(row, table, conditions) : null;
				}
			}
		}
		catch (SQLException ex) {
			throw PostgresFailures.working(ex, this.settings);
		}
	}

	private Connection connect() {
		try {
			return this.settings.connect();
		}
		catch (SQLException ex) {
			throw PostgresFailures.connecting(ex, this.settings);
		}
	}

	private static Found found(ResultSet row, LiveTable table, int conditions) throws SQLException {
		List<Boolean> matches = new ArrayList<>();
		for (int i = 0; i < conditions; i++) {
			matches.add(row.getBoolean(2 + i));
		}
		Column owner = table.owner();
		if (owner == null || row.getBoolean(2 + conditions)) {
			return new Found(null, matches);
		}
		Codec<Object> codec = table.rowType().codec(owner);
		return new Found(codec.print(codec.parse(row.getString(1))), matches);
	}

	private static String bound(SqlCondition condition, List<String> parameters) {
		Matcher matcher = PARAMETER.matcher(condition.text());
		return matcher.replaceAll((match) -> {
			parameters.add(condition.parameters().get(Integer.parseInt(match.group(1)) - 1));
			return "(?)";
		});
	}

	private static String name(Column column) {
		return TableName.quote(column.name());
	}

	/**
	 * A row.
	 *
	 * @param owner its owner in canonical form, {@code null} if it has none
	 * @param matches for each condition whether it is true
	 */
	record Found(@Nullable String owner, List<Boolean> matches) {

	}

}
