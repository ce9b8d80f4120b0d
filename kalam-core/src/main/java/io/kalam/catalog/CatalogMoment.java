package io.kalam.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One moment of the catalog: what is read in it by several statements fits together, also
 * if a table is dropped and created again meanwhile. Functions of Postgres that look up
 * an oid look at the catalog as it is by then.
 */
final class CatalogMoment {

	private CatalogMoment() {
	}

	/**
	 * Reads within a moment.
	 * @param <T> what is read
	 * @param connection what to read with; in a transaction already, that one's moment is
	 * used
	 * @param work reads
	 * @return what was read
	 */
	static <T> T read(Connection connection, Work<T> work) throws SQLException {
		if (!connection.getAutoCommit()) {
			return work.read();
		}
		connection.setAutoCommit(false);
		try {
			try (Statement statement = connection.createStatement()) {
				statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
			}
			return work.read();
		}
		finally {
			connection.rollback();
			connection.setAutoCommit(true);
		}
	}

	/**
	 * Something to read.
	 *
	 * @param <T> what is read
	 */
	@FunctionalInterface
	interface Work<T> {

		T read() throws SQLException;

	}

}
