package io.kalam.boot.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database of one application context, on the server that all contexts of the JVM
 * share.
 */
final class TestDatabase implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(TestDatabase.class);

	private static final String DROP_SLOTS = """
			DO $$ DECLARE slot record; BEGIN
				FOR slot IN SELECT slot_name, active_pid FROM pg_replication_slots WHERE database = '%1$s' LOOP
					IF slot.active_pid IS NOT NULL THEN
						PERFORM pg_terminate_backend(slot.active_pid, 10000);
					END IF;
					PERFORM pg_drop_replication_slot(slot.slot_name);
				END LOOP;
			END $$""";

	private static final String DROP = "DROP DATABASE IF EXISTS %1$s WITH (FORCE)";

	private final EmbeddedPostgresServer server;

	private final String name;

	private TestDatabase(EmbeddedPostgresServer server, String name) {
		this.server = server;
		this.name = name;
	}

	/**
	 * Creates a database; starts the server if this is the first one.
	 * @param name its name: lower-case letters, digits and underscores
	 * @return the empty database
	 */
	static TestDatabase create(String name) {
		TestDatabase database = new TestDatabase(SharedServer.get(), name);
		try {
			database.execute("CREATE DATABASE %1$s");
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The database of the test could not be created", ex);
		}
		return database;
	}

	/**
	 * Drops the database and its replication slots, whoever uses them.
	 */
	@Override
	public void close() {
		try {
			execute(DROP_SLOTS);
			execute(DROP);
		}
		catch (SQLException ex) {
			logger.warn("The database {} of a test could not be dropped; it ends with the server", this.name, ex);
		}
	}

	private void execute(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.server.jdbcUrl(), user(), password());
				Statement statement = connection.createStatement()) {
			statement.execute(sql.formatted(this.name));
		}
	}

	String host() {
		return this.server.host();
	}

	int port() {
		return this.server.port();
	}

	String name() {
		return this.name;
	}

	String user() {
		return this.server.user();
	}

	String password() {
		return this.server.password();
	}

	String jdbcUrl() {
		return "jdbc:postgresql://" + host() + ":" + port() + "/" + this.name;
	}

}
