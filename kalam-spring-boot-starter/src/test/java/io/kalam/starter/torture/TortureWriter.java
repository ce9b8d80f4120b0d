package io.kalam.starter.torture;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

import io.kalam.catalog.Lsn;

/**
 * Commits at random, each commit under a number of its own, and finds out of every commit
 * whether it is one, if Postgres is killed meanwhile. The last row that a commit writes
 * into each partition that it touches is one that says so, and stays until everybody has
 * been compared: so it can be told of a snapshot which commits it has.
 */
final class TortureWriter implements Runnable {

	private static final String[] OWNERS = { "'ann'", "'bob'", "'cyd'", "'nobody'", "NULL" };

	private final TortureDatabase database;

	private final TortureStorm storm;

	private final Random random;

	private Connection connection;

	private volatile boolean idle;

	TortureWriter(TortureDatabase database, TortureStorm storm, long seed) {
		this.database = database;
		this.storm = storm;
		this.random = new Random(seed);
	}

	/**
	 * Whether it has ended its last commit and heeds the calm.
	 */
	boolean isIdle() {
		return this.idle;
	}

	@Override
	public void run() {
		while (!this.storm.isOver()) {
			this.idle = this.storm.isCalm();
			if (!this.idle) {
				commit(this.storm.book.next());
			}
			this.storm.pause(this.idle ? 20 : this.random.nextInt(30));
		}
		close();
	}

	private void commit(long number) {
		try {
			if (this.connection == null) {
				this.connection = this.database.awaitConnection();
				this.connection.setAutoCommit(false);
			}
			try (Statement statement = this.connection.createStatement()) {
				write(statement, number);
			}
			if (this.random.nextInt(20) == 0) {
				this.connection.rollback();
				this.storm.book.refuted(number);
				return;
			}
			this.connection.commit();
			Lsn end = TortureDatabase.end(this.connection);
			this.connection.rollback();
			this.storm.book.confirmed(number, end);
			this.storm.counts.commits.incrementAndGet();
		}
		catch (SQLException ex) {
			close();
			resolve(number);
		}
	}

	private void resolve(long number) {
		this.storm.counts.unknownCommits.incrementAndGet();
		boolean committed = isCommitted(number);
		if (committed) {
			this.storm.counts.commits.incrementAndGet();
			this.storm.book.confirmed(number);
		}
		else {
			this.storm.book.refuted(number);
		}
	}

	private boolean isCommitted(long number) {
		while (true) {
			try (Connection fresh = this.database.awaitConnection()) {
				return !TortureDatabase.strings(fresh, "SELECT number FROM commits WHERE number = " + number).isEmpty();
			}
			catch (SQLException ex) {
				this.storm.pause(50);
			}
		}
	}

	private void close() {
		Connection closing = this.connection;
		this.connection = null;
		try {
			if (closing != null) {
				closing.close();
			}
		}
		catch (SQLException ex) {
			this.storm.pause(10);
		}
	}

	private void write(Statement statement, long number) throws SQLException {
		statement.execute("SELECT set_config('torture.number', '" + number + "', true)");
		if (this.random.nextInt(60) == 0) {
			statement.execute("TRUNCATE " + table());
		}
		if (this.random.nextInt(40) == 0) {
			large(statement, number);
		}
		int rows = 1 + this.random.nextInt(20);
		for (int i = 0; i < rows; i++) {
			if (this.random.nextInt(12) == 0) {
				statement.execute("SAVEPOINT maybe");
				statement.execute(change(number));
				statement.execute("ROLLBACK TO maybe");
			}
			statement.execute(change(number));
		}
		finish(statement, number);
	}

	private void large(Statement statement, long number) throws SQLException {
		String table = table();
		statement.execute("DELETE FROM " + table + " WHERE kind = 'large'");
		statement.execute("INSERT INTO " + table + " SELECT nextval('ids'), " + owner() + ", g % 10, " + number
				+ ", 'large', repeat(md5(g::text), 10) FROM generate_series(1, " + (300 + this.random.nextInt(500))
				+ ") g");
	}

	private String change(long number) {
		String table = table();
		String some = " WHERE id IN (SELECT id FROM " + table + " WHERE kind <> 'commit' OR commit_no <= "
				+ this.storm.book.settled() + " ORDER BY random() LIMIT " + (1 + this.random.nextInt(3))
				+ " FOR UPDATE SKIP LOCKED)";
		String update = "UPDATE " + table + " SET commit_no = " + number + ", ";
		return switch (this.random.nextInt(10)) {
			case 0, 1, 2 -> "INSERT INTO " + table + " VALUES (" + this.random.nextInt(200) + ", " + owner() + ", "
					+ this.random.nextInt(10) + ", " + number + ", 'row', " + body() + ") ON CONFLICT (id) DO NOTHING";
			case 3, 4 -> update + "n = " + this.random.nextInt(10) + some;
			case 5 -> update + "body = " + body() + some;
			case 6 -> update + "owner = " + owner() + some;
			case 7 -> update + "id = nextval('ids')" + some;
			case 8 -> "DELETE FROM " + table + some;
			default -> "DELETE FROM " + table + " WHERE id IN (SELECT id FROM " + table
					+ " WHERE kind = 'commit' AND commit_no <= " + this.storm.book.settled()
					+ " LIMIT 20 FOR UPDATE SKIP LOCKED)";
		};
	}

	private void finish(Statement statement, long number) throws SQLException {
		statement.execute("""
				INSERT INTO note SELECT nextval('ids'), owner, 0, %1$s, 'commit', NULL FROM (
				SELECT old::json ->> 'owner' FROM audit WHERE number = %1$s AND name = 'note'
				UNION SELECT new::json ->> 'owner' FROM audit WHERE number = %1$s AND name = 'note'
				UNION SELECT unnest('{ann,bob,cyd}'::text[]) FROM audit
				WHERE number = %1$s AND name = 'note' AND old IS NULL AND new IS NULL) AS owners (owner)
				WHERE owner IS NOT NULL""".formatted(number));
		statement.execute("INSERT INTO board SELECT nextval('ids'), 'all', 0, " + number
				+ ", 'commit' WHERE EXISTS (SELECT FROM audit WHERE number = " + number + " AND name = 'board')");
		statement.execute("INSERT INTO commits VALUES (" + number + ", pg_current_wal_insert_lsn())");
	}

	private String table() {
		return (this.random.nextInt(3) == 0) ? "board" : "note";
	}

	private String owner() {
		return OWNERS[this.random.nextInt(OWNERS.length)];
	}

	private String body() {
		return "repeat('" + this.random.nextInt(1000) + " é\"', " + this.random.nextInt(150) + ")";
	}

}
