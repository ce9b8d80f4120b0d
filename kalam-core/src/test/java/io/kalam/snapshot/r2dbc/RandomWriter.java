package io.kalam.snapshot.r2dbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.PostgresSettings;

/**
 * Writes rows of its own in random transactions, with savepoints and rollbacks, and keeps
 * a log of what its rows were after each.
 */
final class RandomWriter implements Callable<Void> {

	static final List<String> OWNERS = List.of("ann", "bob");

	private final PostgresSettings settings;

	private final Random random;

	private final long firstId;

	private final AtomicBoolean stop;

	private final List<Entry> log = new CopyOnWriteArrayList<>();

	private int titles;

	RandomWriter(PostgresSettings settings, long seed, int number, AtomicBoolean stop) {
		this.settings = settings;
		this.random = new Random(seed);
		this.firstId = 1000L * number;
		this.stop = stop;
	}

	List<Entry> log() {
		return this.log;
	}

	@Override
	public Void call() throws SQLException {
		try (Connection connection = this.settings.connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			Map<Long, String[]> state = new TreeMap<>();
			while (!this.stop.get()) {
				state = transaction(connection, statement, state);
			}
		}
		return null;
	}

	private Map<Long, String[]> transaction(Connection connection, Statement statement, Map<Long, String[]> before)
			throws SQLException {
		Map<Long, String[]> state = new TreeMap<>(before);
		long xid = Long.parseLong(query(statement, "SELECT pg_current_xact_id()")) & 0xFFFFFFFFL;
		for (int i = this.random.nextInt(5); i >= 0; i--) {
			Savepoint savepoint = (this.random.nextInt(3) == 0) ? connection.setSavepoint() : null;
			Map<Long, String[]> saved = new TreeMap<>(state);
			change(statement, state);
			if (savepoint != null && this.random.nextBoolean()) {
				connection.rollback(savepoint);
				state = saved;
			}
			if (this.random.nextInt(40) == 0) {
				query(statement, "SELECT pg_sleep(0.05)");
			}
		}
		Lsn position = Lsn.parse(query(statement, "SELECT pg_current_wal_insert_lsn()"));
		boolean commit = this.random.nextInt(5) > 0;
		if (commit) {
			connection.commit();
		}
		else {
			connection.rollback();
		}
		this.log.add(new Entry(xid, position, commit, state));
		return commit ? state : before;
	}

	private void change(Statement statement, Map<Long, String[]> state) throws SQLException {
		long id = this.firstId + this.random.nextInt(30);
		if (state.containsKey(id) && this.random.nextInt(3) == 0) {
			statement.execute("DELETE FROM tickets WHERE id = " + id);
			state.remove(id);
			return;
		}
		String[] row = { OWNERS.get(this.random.nextInt(2)), "title " + this.titles++ };
		statement.execute(
				"INSERT INTO tickets VALUES (%d, '%s', '%s') ON CONFLICT (id) DO UPDATE ".formatted(id, row[0], row[1])
						+ "SET owner = EXCLUDED.owner, title = EXCLUDED.title");
		state.put(id, row);
	}

	private static String query(Statement statement, String sql) throws SQLException {
		try (ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getString(1);
		}
	}

	/**
	 * A transaction that has ended.
	 *
	 * @param xid the lower 32 bits of its id
	 * @param before a position before its commit record
	 * @param committed whether it was committed
	 * @param state the rows of this writer after it
	 */
	record Entry(long xid, Lsn before, boolean committed, Map<Long, String[]> state) {

	}

}
