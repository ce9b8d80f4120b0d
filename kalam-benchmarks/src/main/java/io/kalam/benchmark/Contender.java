package io.kalam.benchmark;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One of those that are compared: a server with a database of its own. While one is
 * measured, the others are at rest.
 */
final class Contender implements AutoCloseable {

	private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(200);

	/** How many looks in a row have to find that nothing happens. */
	private static final int STILL = 3;

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

	private final String name;

	private final BenchmarkDatabase database;

	private final ServerProcess server;

	private final Writer writer;

	private final String table;

	private Contender(String name, BenchmarkDatabase database, ServerProcess server, String table) throws SQLException {
		this.name = name;
		this.database = database;
		this.server = server;
		this.table = table;
		this.writer = new Writer(database, table);
	}

	/**
	 * The baseline.
	 * @param table the table that is written to
	 */
	static Contender bare(String table) throws SQLException {
		BenchmarkDatabase database = new BenchmarkDatabase();
		database.publish(table);
		return new Contender("plain stream, bare WebSocket", database,
				new ServerProcess(BareServer.class, database.port()), table);
	}

	/**
	 * The baseline that sends each row to its owner alone.
	 * @param table the table that is written to
	 */
	static Contender bareByOwner(String table) throws SQLException {
		BenchmarkDatabase database = new BenchmarkDatabase();
		database.publish(table);
		return new Contender("plain stream, map of owners, bare WebSocket", database,
				new ServerProcess(BareServer.class, database.port(), BareServer.BY_OWNER), table);
	}

	/**
	 * What many do today: a trigger that notifies, and a query for each notification.
	 */
	static Contender notified() throws SQLException {
		BenchmarkDatabase database = new BenchmarkDatabase();
		database.execute(NotifiedRows.SETUP);
		return new Contender("LISTEN/NOTIFY, a query, bare WebSocket", database,
				new ServerProcess(BareServer.class, database.port(), BareServer.NOTIFIED), "items");
	}

	/**
	 * What everybody begins with: a query once a second.
	 */
	static Contender polling() throws SQLException {
		BenchmarkDatabase database = new BenchmarkDatabase();
		return new Contender("polled once a second, bare WebSocket", database,
				new ServerProcess(BareServer.class, database.port(), BareServer.POLLING), "items");
	}

	/**
	 * Kalam.
	 * @param journal the directory of its journal
	 * @param table the table that is written to
	 */
	static Contender kalam(Path journal, String table) throws SQLException {
		BenchmarkDatabase database = new BenchmarkDatabase();
		return new Contender("Kalam", database, new ServerProcess(KalamServer.class, database.port(), journal), table);
	}

	String name() {
		return this.name;
	}

	String postgres() {
		return this.database.version();
	}

	/**
	 * Where its sockets are.
	 */
	int port() {
		return this.server.port();
	}

	/**
	 * Commits a row.
	 * @return when Postgres had said that it is done
	 */
	long commit() throws SQLException {
		return this.writer.commit(1, 1000).acknowledged()[0];
	}

	Writer writer() {
		return this.writer;
	}

	ServerProcess server() {
		return this.server;
	}

	Audience gather(int sockets) throws InterruptedException {
		return new Audience(this.server.port(), sockets, this.table);
	}

	Duration cpu() {
		return this.server.cpu();
	}

	/**
	 * Waits until the server does next to nothing, some seconds at the most: what
	 * connecting has left to the compiler and the collector is not what messages cost.
	 */
	void awaitRest() {
		long end = System.nanoTime() + PATIENCE;
		int still = 0;
		for (Duration before = cpu(); still < STILL && System.nanoTime() - end < 0;) {
			LockSupport.parkNanos(LOOK);
			Duration now = cpu();
			still = (now.minus(before).toNanos() <= LOOK / 20) ? still + 1 : 0;
			before = now;
		}
		if (still < STILL) {
			System.out.println(this.name + " is not at rest yet; the round begins all the same");
		}
	}

	/**
	 * Measures one round.
	 * @param load what is committed
	 * @param commits the number of commits that count; before them come those of half a
	 * second, or half as many where there is no pace
	 * @return the times
	 * @throws SQLException if a commit failed
	 * @throws InterruptedException if the thread was interrupted
	 */
	Round measure(Load load, int commits) throws SQLException, InterruptedException {
		int leadIn = (load.isSaturated() ? commits : load.perSecond()) / 2;
		try (Audience audience = gather(load.sockets())) {
			Arrivals arrivals = new Arrivals(load.sockets(), this.writer.next(), (leadIn + commits) * load.rows());
			audience.record(arrivals);
			awaitRest();
			Duration before = cpu();
			long begin = System.nanoTime();
			Writer.Commits done = this.writer.commit(leadIn + commits, load.rows(), load.perSecond());
			arrivals.await();
			double busy = 100.0 * cpu().minus(before).toNanos() / (System.nanoTime() - begin);
			return new Round(arrivals.since(done.acknowledged(), leadIn, load.rows()),
					arrivals.since(done.intended(), leadIn, load.rows()), done.perSecond(leadIn), busy);
		}
	}

	@Override
	public void close() throws SQLException {
		try (this.database; this.server; this.writer) {
			this.server.port();
		}
	}

	/**
	 * What one round has shown.
	 *
	 * @param acknowledged from the commit's acknowledgement to the frame
	 * @param intended from when the statement was to be sent to the frame
	 * @param perSecond how many commits there were in a second
	 * @param cpu processor time of the server during the round, in percent of a core
	 */
	record Round(Distribution acknowledged, Distribution intended, double perSecond, double cpu) {

	}

}
