package io.kalam.snapshot.r2dbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.kalam.query.SqlCondition;
import org.awaitility.Awaitility;

/**
 * Holds reads up in the middle of their query until it is opened.
 */
final class Gate implements AutoCloseable {

	private final SnapshotDatabase database;

	private final Connection connection;

	Gate(SnapshotDatabase database) throws SQLException {
		this.database = database;
		this.connection = database.settings.connect();
		execute("SELECT pg_advisory_lock(42)");
	}

	/**
	 * A condition that waits at the gate.
	 */
	static SqlCondition condition(int number) {
		return new SqlCondition("(SELECT pg_advisory_xact_lock_shared(42)::text IS NOT NULL) AND ($1)::int8 > 0",
				List.of(String.valueOf(number)));
	}

	void open() throws SQLException {
		execute("SELECT pg_advisory_unlock(42)");
	}

	/**
	 * Waits until a number of reads wait at the gate.
	 */
	void await(int reads) {
		Awaitility.await().atMost(SnapshotDatabase.WAIT).until(() -> waiting() == reads);
	}

	int waiting() {
		return Integer.parseInt(this.database.query("SELECT count(*) FROM pg_stat_activity "
				+ "WHERE datname = current_database() AND wait_event = 'advisory'"));
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
