package io.kalam.benchmark;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.replication.LogSequenceNumber;

/**
 * What many do today: a trigger notifies of the key of each row, and whoever listens
 * reads the rows again. (A notification holds 8,000 bytes at the most, and takes a lock
 * of the whole cluster when its transaction commits.) What is committed while nobody
 * listens is never heard of.
 */
final class NotifiedRows implements RowSource {

	/** What has to be in the database. */
	static final List<String> SETUP = List.of("""
			CREATE FUNCTION notify_of_row() RETURNS trigger LANGUAGE plpgsql
				AS 'BEGIN PERFORM pg_notify(''rows'', NEW.id::text); RETURN NULL; END'
			""", "CREATE TRIGGER notify_of_row AFTER INSERT ON items FOR EACH ROW EXECUTE FUNCTION notify_of_row()");

	private final Connection listening;

	private final Connection reading;

	private final PreparedStatement query;

	private long position;

	NotifiedRows(int port) throws SQLException {
		this.listening = BenchmarkDatabase.settings(port).connect();
		this.listening.setNetworkTimeout(Runnable::run, 0);
		try (Statement statement = this.listening.createStatement()) {
			statement.execute("LISTEN rows");
		}
		this.reading = BenchmarkDatabase.settings(port).connect();
		this.query = this.reading.prepareStatement("SELECT " + COLUMNS + " FROM items WHERE id = ANY (?) ORDER BY id");
	}

	@Override
	public void read(Listener listener) throws SQLException {
		PGNotification[] notifications = this.listening.unwrap(PGConnection.class).getNotifications(0);
		if (notifications == null || notifications.length == 0) {
			return;
		}
		Array ids = this.reading.createArrayOf("bigint",
				Arrays.stream(notifications)
					.map((notification) -> Long.valueOf(notification.getParameter()))
					.toArray());
		this.query.setArray(1, ids);
		try (ResultSet rows = this.query.executeQuery()) {
			while (rows.next()) {
				listener.onInsert(RowSource.row(rows));
			}
		}
		listener.onCommit(LogSequenceNumber.valueOf(++this.position));
	}

	@Override
	public void close() throws SQLException {
		try (this.listening; this.reading) {
			this.query.close();
		}
	}

}
