package io.kalam.pipeline;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import io.kalam.access.RealtimeUser;
import io.kalam.catalog.PostgresSettings;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SessionSettings;
import io.kalam.subscription.SubscribeRequest;
import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.subscription.SubscriptionSession;
import io.kalam.testing.TestEngine;
import org.awaitility.Awaitility;

import org.springframework.util.Assert;

/**
 * A process with little memory that serves one large commit, of several owners and of a
 * shared table, to who is live, who reads slowly and who comes back from before it. Ends
 * with an exception if anybody does not get all of it, in parts of one sequence of which
 * the last alone says so.
 */
public final class LargeCommit {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final PostgresSettings postgres;

	private final int rows;

	private LargeCommit(PostgresSettings postgres, int rows) {
		this.postgres = postgres;
		this.rows = rows;
	}

	/**
	 * Runs.
	 * @param arguments port, database, directory of the journal, number of rows
	 */
	public static void main(String[] arguments) throws SQLException {
		PostgresSettings postgres = new PostgresSettings("127.0.0.1", Integer.parseInt(arguments[0]), arguments[1],
				"postgres", "postgres", Map.of());
		RocksJournalSettings settings = RocksJournalSettings.defaults(Path.of(arguments[2]));
		try (TestEngine engine = new TestEngine(postgres, OnSlotLost.RESYNC,
				RocksJournal.open(settings, Clock.systemUTC()), 1 << 20, TestEngine.owned("notes", "owner"),
				TestEngine.shared("board"))) {
			engine.start();
			new LargeCommit(postgres, Integer.parseInt(arguments[3])).run(engine);
		}
	}

	private void run(TestEngine engine) throws SQLException {
		Reader live = new Reader(engine, 1 << 20);
		Reader slow = new Reader(engine, 2000);
		List<Reader> readers = new ArrayList<>(List.of(live, slow));
		readers.forEach((reader) -> reader.subscribe(null, Map.of()));
		readers.forEach((reader) -> until(() -> reader.joined == 2, reader));
		Sequence before = engine.settle();
		long begun = System.nanoTime();
		insert();
		long committed = System.nanoTime();
		until(() -> live.isComplete(), live);
		long received = System.nanoTime();
		Reader resumed = new Reader(engine, 1 << 20);
		readers.add(resumed);
		resumed.subscribe(before, live.epochs);
		readers.forEach((reader) -> until(() -> reader.isComplete(), reader));
		readers.forEach(this::compare);
		System.out.printf(
				"%,d rows: committed in %d ms, %d ms later all of it was received by who is live, and %d ms "
						+ "later by who is slow and who has come back%n",
				this.rows, millis(committed - begun), millis(received - committed),
				millis(System.nanoTime() - received));
	}

	private static long millis(long nanos) {
		return Duration.ofNanos(nanos).toMillis();
	}

	private void insert() throws SQLException {
		try (Connection connection = this.postgres.connect(); Statement statement = connection.createStatement()) {
			statement.execute("BEGIN; INSERT INTO notes SELECT g, 'u' || g % 4, repeat(md5(g::text), 3) "
					+ "FROM generate_series(1, " + this.rows + ") g WHERE g % 5 > 0; "
					+ "INSERT INTO board SELECT g, repeat(md5(g::text), 3) FROM generate_series(1, " + this.rows
					+ ") g WHERE g % 5 = 0; COMMIT");
		}
	}

	private void compare(Reader reader) {
		for (Map.Entry<String, BitSet> table : reader.held.entrySet()) {
			String where = table.getKey().equals("notes") ? " WHERE owner = 'u1'" : "";
			try (Connection connection = this.postgres.connect();
					Statement statement = connection.createStatement();
					ResultSet row = statement
						.executeQuery("SELECT count(*), coalesce(sum(id), 0) FROM " + table.getKey() + where)) {
				row.next();
				Assert.state(row.getLong(1) == table.getValue().cardinality(), "the number of rows");
				Assert.state(row.getLong(2) == table.getValue().stream().asLongStream().sum(), "the rows");
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private static void until(Callable<Boolean> condition, Reader reader) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
			reader.take();
			return condition.call();
		});
	}

	/**
	 * A client that keeps no more of a row than which one it is.
	 */
	private static final class Reader {

		private final SubscriptionSession session;

		private final Map<String, BitSet> held = new TreeMap<>();

		private final Map<String, String> epochs = new TreeMap<>();

		private final Map<String, Sequence> open = new TreeMap<>();

		private final Set<String> complete = new HashSet<>();

		private int joined;

		private int parts;

		Reader(TestEngine engine, int buffer) {
			this.session = engine.sessions()
				.open(new RealtimeUser("u1", "user", Set.of(), Instant.MAX), new SessionSettings(true, 10, buffer),
						() -> {
						});
		}

		void subscribe(Sequence from, Map<String, String> epochs) {
			for (String table : List.of("board", "notes")) {
				this.held.put(table, new BitSet());
				this.session.subscribe(new SubscribeRequest(table, "SELECT * FROM " + table, List.of(), true, 100, 0,
						(from != null) ? from.toString() : null, epochs.get(table), false, false));
			}
		}

		void take() {
			SubscriptionEvent event = this.session.poll();
			for (int i = 0; event != null; i++) {
				take(event);
				event = (i < 1000) ? this.session.poll() : null;
			}
		}

		private void take(SubscriptionEvent event) {
			Assert.state(!(event instanceof Reset || event instanceof Failed), () -> "refused or reset: " + event);
			if (event instanceof Acknowledged acknowledged) {
				this.epochs.put(acknowledged.id(), acknowledged.epoch().value());
			}
			else if (event instanceof Mark mark && mark.id() != null) {
				this.joined++;
			}
			else if (event instanceof Transaction transaction) {
				take(transaction);
			}
		}

		private void take(Transaction transaction) {
			String chain = (transaction.id() != null) ? transaction.id() : "";
			Sequence begun = this.open.put(chain, transaction.sequence());
			Assert.state(begun == null || begun.equals(transaction.sequence()), "parts of one sequence");
			this.parts++;
			for (SubscriptionChange change : transaction.changes()) {
				BitSet ids = this.held.get(change.id());
				int id = id(change.row());
				Assert.state(!ids.get(id), "a row that is told twice");
				ids.set(id);
				Assert.state(!this.complete.contains(change.id()), "a row behind the last part");
			}
			if (transaction.last()) {
				this.open.remove(chain);
				this.complete.addAll((transaction.id() != null) ? Set.of(transaction.id()) : this.held.keySet());
			}
		}

		private static int id(byte[] row) {
			String text = new String(row, 0, Math.min(row.length, 24), StandardCharsets.UTF_8);
			return Integer.parseInt(text.split("\"")[3]);
		}

		boolean isComplete() {
			return this.complete.containsAll(this.held.keySet()) && this.parts > 2;
		}

	}

}
