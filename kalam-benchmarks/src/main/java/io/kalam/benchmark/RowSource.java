package io.kalam.benchmark;

import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
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
	void read(Listener listener) throws SQLException;

	/**
	 * Says that everything up to a position has been dealt with.
	 * @param position the position
	 */
	default void acknowledge(LogSequenceNumber position) {
	}

	/**
	 * The columns of a row as texts.
	 */
	static @Nullable String[] row(ResultSet rows) throws SQLException {
		@Nullable String[] row = new @Nullable String[rows.getMetaData().getColumnCount()];
		for (int i = 0; i < row.length; i++) {
			row[i] = rows.getString(i + 1);
		}
		return row;
	}

	@Override
	void close() throws SQLException;

	/**
	 * Is told what is read, by the reading thread.
	 */
	interface Listener {

		void onInsert(@Nullable String[] row);

		void onCommit(LogSequenceNumber position);

	}

}
