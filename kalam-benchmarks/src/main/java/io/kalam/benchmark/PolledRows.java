package io.kalam.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.postgresql.replication.LogSequenceNumber;

/**
 * What everybody begins with: whether there are rows with greater keys is asked once a
 * second. (What commits later than a row with a greater key is never seen, nor is a row
 * that changes.)
 */
final class PolledRows implements RowSource {

	private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

	private final Connection connection;

	private final PreparedStatement query;

	private final CountDownLatch never = new CountDownLatch(1);

	private long last;

	private long next = System.nanoTime();

	PolledRows(int port) throws SQLException {
		this.connection = BenchmarkDatabase.settings(port).connect();
		try (Statement statement = this.connection.createStatement();
				ResultSet greatest = statement.executeQuery("SELECT coalesce(max(id), 0) FROM items")) {
			greatest.next();
			this.last = greatest.getLong(1);
		}
		this.query = this.connection.prepareStatement("SELECT " + COLUMNS + " FROM items WHERE id > ? ORDER BY id");
	}

	@Override
	public void read(Listener listener) throws SQLException {
		awaitNext();
		this.query.setLong(1, this.last);
		try (ResultSet rows = this.query.executeQuery()) {
			while (rows.next()) {
				this.last = rows.getLong(1);
				listener.onInsert(RowSource.row(rows));
			}
		}
		listener.onCommit(LogSequenceNumber.valueOf(this.last));
	}

	private void awaitNext() {
		this.next += PERIOD;
		try {
			this.never.await(this.next - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Nobody interrupts this", ex);
		}
	}

	@Override
	public void close() throws SQLException {
		try (this.connection) {
			this.query.close();
		}
	}

}
