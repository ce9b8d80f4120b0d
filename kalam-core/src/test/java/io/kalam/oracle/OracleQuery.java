package io.kalam.oracle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A query as a client writes it, and what Postgres makes of it.
 *
 * @param table the table
 * @param columns the columns that come out, in their order
 * @param sql the text that the client sends
 * @param params the parameters that it sends
 * @param condition the same condition without parameters
 * @param balanced whether all accounts are in the result
 * @param window the same order and limit with the key written out, empty if all rows are
 * shown
 */
record OracleQuery(OracleTable table, List<OracleTable.OracleColumn> columns, String sql, List<Object> params,
		String condition, boolean balanced, String window) {

	boolean isWindow() {
		return !this.window.isEmpty();
	}

	/**
	 * Asks Postgres for the rows that a user has to hold.
	 * @param readable which rows the user may read
	 * @return the rows as JSON
	 */
	Set<String> rows(Connection connection, String readable) throws SQLException {
		return new TreeSet<>(select(connection, readable, this.window));
	}

	/**
	 * Asks Postgres for all rows that a user may hold, whatever the order and limit.
	 * @return the rows as JSON
	 */
	Set<String> all(Connection connection, String readable) throws SQLException {
		return new TreeSet<>(select(connection, readable, ""));
	}

	/**
	 * Asks Postgres for the first rows in some order.
	 * @return the rows as JSON
	 */
	List<String> newest(Connection connection, String readable, String order, int count) throws SQLException {
		return select(connection, readable, " ORDER BY " + order + " LIMIT " + count);
	}

	private List<String> select(Connection connection, String readable, String rest) throws SQLException {
		String json = this.columns.stream()
			.map((column) -> "'\"" + column.name() + "\":' || " + column.sort().json(column.name()))
			.collect(Collectors.joining(" || ',' || "));
		String select = "SELECT '{' || " + json + " || '}' FROM " + this.table.stored() + " WHERE (" + this.condition
				+ ")" + " AND " + readable + rest;
		List<String> rows = new ArrayList<>();
		try (Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(select)) {
			while (found.next()) {
				rows.add(found.getString(1));
			}
		}
		return rows;
	}

	@Override
	public String toString() {
		return this.sql + " with " + this.params;
	}

}
