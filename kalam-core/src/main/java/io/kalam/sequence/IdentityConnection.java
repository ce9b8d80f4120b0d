package io.kalam.sequence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.PostgresFailures;
import io.kalam.catalog.PostgresSettings;
import org.jspecify.annotations.Nullable;

/**
 * The connection of an {@link IdentityStore}: opened when it is needed, and again after a
 * failure. Used by one thread at a time.
 */
final class IdentityConnection {

	private final PostgresSettings settings;

	private @Nullable Connection connection;

	IdentityConnection(PostgresSettings settings) {
		this.settings = settings;
	}

	<T> T use(Work<T> work) {
		try {
			return work.on(open());
		}
		catch (SQLException ex) {
			close();
			throw PostgresFailures.working(ex, this.settings);
		}
	}

	private Connection open() throws SQLException {
		Connection open = this.connection;
		if (open != null) {
			return open;
		}
		try {
			open = this.settings.connect();
		}
		catch (SQLException ex) {
			throw PostgresFailures.connecting(ex, this.settings);
		}
		this.connection = open;
		try (Statement statement = open.createStatement()) {
			statement.execute("SET synchronous_commit = local; SET statement_timeout = '5s'");
			try (ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
				row.next();
				if (row.getBoolean(1)) {
					close();
					throw new DatabaseUnavailableException(this.settings + " is a replica, for now", null);
				}
			}
		}
		return open;
	}

	void close() {
		Connection open = this.connection;
		this.connection = null;
		if (open == null) {
			return;
		}
		try {
			open.close();
		}
		catch (SQLException ex) {
			// nothing is lost: each statement is a transaction of its own
		}
	}

	/**
	 * Something to do on a connection.
	 *
	 * @param <T> what comes out of it
	 */
	@FunctionalInterface
	interface Work<T> {

		T on(Connection open) throws SQLException;

	}

}
