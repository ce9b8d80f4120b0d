package io.kalam.postgres.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Creates the database that the application asked for.
 */
final class DatabaseCreation {

	private static final String MAINTENANCE_DATABASE = "postgres";

	private DatabaseCreation() {
	}

	static void createIfMissing(EmbeddedPostgresServer server) {
		try (Connection connection = connect(server)) {
			if (!exists(connection, server.database())) {
				try (Statement statement = connection.createStatement()) {
					statement.execute("CREATE DATABASE \"" + server.database().replace("\"", "\"\"") + "\"");
				}
			}
		}
		catch (SQLException ex) {
			throw new ServerStartException("The embedded Postgres on " + server.dataDirectory()
					+ " started, but the database '" + server.database() + "' could not be created in it.",
					String.valueOf(ex.getMessage()),
					"If the password of the user 'postgres' was changed in this data directory, change it back to "
							+ "'postgres', or set kalam.embedded-postgres.data-directory (builder: dataDirectory) to a new one.",
					ex);
		}
	}

	private static Connection connect(EmbeddedPostgresServer server) throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", server.user());
		properties.setProperty("password", server.password());
		properties.setProperty("connectTimeout", "10");
		properties.setProperty("socketTimeout", "30");
		return DriverManager.getConnection(server.jdbcUrl(MAINTENANCE_DATABASE), properties);
	}

	private static boolean exists(Connection connection, String database) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
			statement.setString(1, database);
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next();
			}
		}
	}

}
