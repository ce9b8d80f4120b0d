package io.kalam.desk;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;

/**
 * Somebody else at the database: plain SQL, as psql or a migration would send it.
 */
final class DeskDatabase {

	private final EmbeddedPostgresServer server;

	DeskDatabase(EmbeddedPostgresServer server) {
		this.server = server;
	}

	/**
	 * Executes statements in one transaction.
	 */
	void commit(String... statements) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			for (String sql : statements) {
				statement.execute(sql);
			}
			connection.commit();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Executes a statement that returns one value.
	 */
	String value(String sql) {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(this.server.jdbcUrl(), this.server.user(), this.server.password());
	}

}
