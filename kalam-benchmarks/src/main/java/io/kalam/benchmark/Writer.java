package io.kalam.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Commits rows at a steady pace. A commit that is late does not put off those after it:
 * when each was to begin is settled beforehand.
 */
final class Writer implements AutoCloseable {

	private static final long LEAD = 20_000_000;

	private static final String BODY = "The printer on the second floor is out of paper again. ".repeat(2);

	private final Connection connection;

	private final PreparedStatement insert;

	private LongFunction<String> owners = (id) -> BenchmarkDatabase.OWNER;

	private long next = 1;

	/**
	 * Connects.
	 * @param database the database
	 * @param table the table to which the rows go
	 * @throws SQLException if there is no connection to be had
	 */
	Writer(BenchmarkDatabase database, String table) throws SQLException {
		this.connection = database.connect();
		this.insert = this.connection
			.prepareStatement("INSERT INTO " + table + " (id, owner, status, body) VALUES (?, ?, 'open', ?)");
		this.insert.setString(3, BODY);
	}

	/**
	 * Has the rows belong to others than to the one whose they are otherwise.
	 * @param owners the owner of a row, by its id
	 */
	void writeFor(LongFunction<String> owners) {
		this.owners = owners;
	}

	/**
	 * The id of the next row.
	 * @return the id; the ids of one writer follow each other
	 */
	long next() {
		return this.next;
	}

	/**
	 * Commits single rows.
	 * @param rows how many
	 * @param perSecond how many in a second
	 * @return when the commits were to begin and when Postgres had acknowledged them
	 * @throws SQLException if one failed
	 */
	Commits commit(int rows, int perSecond) throws SQLException {
		return commit(rows, 1, perSecond);
	}

	/**
	 * Commits rows.
	 * @param commits how many commits
	 * @param rows how many rows in each
	 * @param perSecond how many commits in a second; 0: each follows the one before
	 * @return when the commits were to begin and when Postgres had acknowledged them
	 * @throws SQLException if one failed
	 */
	Commits commit(int commits, int rows, int perSecond) throws SQLException {
		long[] intended = new long[commits];
		long[] acknowledged = new long[commits];
		long begin = System.nanoTime() + LEAD;
		for (int i = 0; i < commits; i++) {
			intended[i] = (perSecond > 0) ? begin + i * 1_000_000_000L / perSecond : System.nanoTime();
			await(intended[i]);
			acknowledged[i] = (rows == 1) ? commitOne() : commitTogether(rows);
		}
		return new Commits(intended, acknowledged);
	}

	private long commitOne() throws SQLException {
		nextRow();
		this.insert.executeUpdate();
		return System.nanoTime();
	}

	private void nextRow() throws SQLException {
		this.insert.setString(2, this.owners.apply(this.next));
		this.insert.setLong(1, this.next++);
	}

	/**
	 * Commits rows together.
	 * @param rows how many
	 * @return when Postgres had said that it is done
	 * @throws SQLException if it failed
	 */
	long commitTogether(int rows) throws SQLException {
		this.connection.setAutoCommit(false);
		for (int i = 0; i < rows; i++) {
			nextRow();
			this.insert.addBatch();
		}
		this.insert.executeBatch();
		this.connection.commit();
		long acknowledged = System.nanoTime();
		this.connection.setAutoCommit(true);
		return acknowledged;
	}

	private static void await(long time) {
		long left = time - System.nanoTime();
		while (left > 0) {
			LockSupport.parkNanos(left);
			left = time - System.nanoTime();
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

	/**
	 * When commits happened.
	 *
	 * @param intended when each was to begin
	 * @param acknowledged when Postgres had said that each was done
	 */
	record Commits(long[] intended, long[] acknowledged) {

		/**
		 * How many there were in a second.
		 * @param leadIn how many at the begin are not counted
		 */
		double perSecond(int leadIn) {
			int last = this.intended.length - 1;
			return (last - leadIn) * 1e9 / (this.acknowledged[last] - this.acknowledged[leadIn]);
		}

	}

}
