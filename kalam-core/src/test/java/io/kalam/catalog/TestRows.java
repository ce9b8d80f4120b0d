package io.kalam.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a query returns.
 */
final class TestRows {

	private TestRows() {
	}

	static List<String> texts(PostgresSettings settings, String query) {
		try (Connection connection = settings.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			List<String> texts = new ArrayList<>();
			while (row.next()) {
				texts.add(row.getString(1));
			}
			return texts;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
