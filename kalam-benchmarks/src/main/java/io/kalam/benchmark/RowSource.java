package io.kalam.benchmark;

import java.sql.SQLException;

import org.postgresql.replication.LogSequenceNumber;

/**
 * Where a server without Kalam has its rows from.
 */
interface RowSource extends AutoCloseable {

	/** The rows of the benchmark, in the order in which a frame has them. */
	String COLUMNS = "id, owner, status, body, created";

	/**
	 * Reads what comes next; waits for it.
	 * @param listener is told of it
	 * @throws SQLException if the database can't be read
	 */
	void read(PlainStream.Listener listener) throws SQLException;

	/**
	 * Says that everything up to a position has been dealt with.
	 * @param position the position
	 */
	default void acknowledge(LogSequenceNumber position) {
	}

	@Override
	void close() throws SQLException;

}
