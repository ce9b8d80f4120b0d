package io.kalam.benchmark;

import java.sql.SQLException;
import java.util.List;

/**
 * A shared table to which rows are committed, at a steady pace to be timed, or many at
 * once.
 */
final class BusyTable implements AutoCloseable {

	private static final int COMMITS = 200;

	private static final int ROWS = 10;

	private static final int BODY = 1000;

	private static final long FAR = 1_000_000_000_000L;

	private static final String OWN = """
			INSERT INTO items (id, owner, status, body)
			SELECT %d + n, 'user ' || n, 'open', repeat('x', %d) FROM generate_series(0, %d) n
			""";

	private static final String SHARED = """
			DO $$ BEGIN FOR i IN 0..%d LOOP
				INSERT INTO board (id, owner, status, body)
				SELECT %d + i * %d + j, 'alice', 'open', repeat('x', %d) FROM generate_series(0, %d) j;
				COMMIT;
			END LOOP; END $$
			""";

	private final BenchmarkDatabase database;

	private final Writer writer;

	BusyTable(BenchmarkDatabase database) throws SQLException {
		this.database = database;
		this.writer = new Writer(database, "board");
	}

	/**
	 * Commits rows one by one.
	 * @param audience the sockets that listen
	 * @param sockets how many they are
	 * @param rows the number of commits that count
	 * @param perSecond how many of them in a second
	 * @return the times from the commits' acknowledgement to the frames
	 * @throws SQLException if a commit failed
	 * @throws InterruptedException if the thread was interrupted
	 */
	Distribution measure(Audience audience, int sockets, int rows, int perSecond)
			throws SQLException, InterruptedException {
		int leadIn = perSecond / 2;
		Arrivals arrivals = new Arrivals(sockets, this.writer.next(), leadIn + rows);
		audience.record(arrivals);
		Writer.Commits commits = this.writer.commit(leadIn + rows, perSecond);
		arrivals.await();
		return arrivals.since(commits.acknowledged(), leadIn);
	}

	/**
	 * Commits a row to each of many users and 2 MiB to the shared table, more than the
	 * server keeps in memory for a socket that takes nothing, and waits until those that
	 * take something have all of it.
	 * @param audience the sockets that listen
	 * @param sockets how many they are
	 * @param users how many users have rows of their own
	 * @param round tells the rows from those of other rounds
	 * @throws InterruptedException if the thread was interrupted
	 */
	void fill(Audience audience, int sockets, int users, int round) throws InterruptedException {
		long first = FAR * (round + 1);
		Arrivals arrivals = new Arrivals(sockets, first, COMMITS * ROWS);
		audience.record(arrivals);
		this.database.execute(List.of(OWN.formatted(first, BODY, users - 1),
				SHARED.formatted(COMMITS - 1, first, ROWS, BODY, ROWS - 1)));
		arrivals.await();
	}

	@Override
	public void close() throws SQLException {
		this.writer.close();
	}

}
