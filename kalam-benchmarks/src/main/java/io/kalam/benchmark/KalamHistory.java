package io.kalam.benchmark;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.change.Change;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.partition.Partition;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.subscription.LiveHub;
import io.kalam.subscription.SessionSettings;
import io.kalam.subscription.SubscribeRequest;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionSession;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * A history in the durable journal, with its defaults, and an engine for those who resume
 * from it. There is no database: whoever asks it something is counted, and fails.
 */
final class KalamHistory implements AutoCloseable {

	static final String QUERY = "SELECT id, owner, body FROM items";

	private static final SessionSettings SESSION = new SessionSettings(true, 100, 1 << 20);

	private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

	private final AtomicInteger queries = new AtomicInteger();

	private final RocksJournal journal;

	private final SubscriptionEngine engine;

	private KalamHistory(RocksJournal journal) {
		RealtimeTables tables = new RealtimeTables();
		tables.replace(List.of(Items.table()));
		LiveHub hub = new LiveHub();
		this.journal = journal;
		this.engine = new SubscriptionEngine(tables, new LiveQueryParser(QueryLimits.DEFAULT), new AccessDecider(),
				new NoDatabase(), journal, hub, () -> new Epoch("benchmark"), ask(Lsn.class), ask(Void.class),
				SubscriptionEngine.NEVER);
	}

	/**
	 * Opens a journal; what was read from it before is not in its cache.
	 * @param directory its directory
	 * @return the history in it
	 */
	static KalamHistory open(Path directory) {
		KalamHistory history = new KalamHistory(
				RocksJournal.open(RocksJournalSettings.defaults(directory), Clock.systemUTC()));
		history.engine.hub().start(history.journal.head());
		return history;
	}

	/**
	 * Appends a history, and waits until it is durable.
	 * @param history the history
	 * @throws InterruptedException if the thread was interrupted
	 */
	void fill(MissedHistory history) throws InterruptedException {
		history.tell((number, owner,
				body) -> this.journal.append(List.of(new RoutedTransaction(new Sequence(number), number & 0xFFFF_FFFFL,
						Instant.EPOCH, List.of(new RoutedChange(0, new Partition(Items.TYPE.name(), owner),
								new Change.Insert(Items.row(number, owner, body))))))));
		Assert.state(this.journal.awaitDurable(new Sequence(history.size()), Duration.ofMinutes(1)),
				() -> "Not durable within a minute: " + this.journal.status().trouble());
		this.engine.hub().start(this.journal.head());
	}

	SubscriptionEngine engine() {
		return this.engine;
	}

	/**
	 * How often the database was asked something.
	 * @return the number
	 */
	int queries() {
		return this.queries.get();
	}

	/**
	 * Resumes one user, from the acceptance of the subscription to its mark.
	 * @param owner the user
	 * @param after the cursor
	 * @return how many changes the user had missed
	 */
	int resume(String owner, long after) {
		RealtimeUser user = new RealtimeUser(owner, "user", Set.of(), Instant.MAX);
		try (SubscriptionSession session = this.engine.open(user, SESSION, () -> {
		})) {
			session.subscribe(new SubscribeRequest("items", QUERY, List.of(), true, SubscribeRequest.MAX_BATCH_SIZE, 0,
					Long.toString(after), null, false, false));
			return readToMark(session);
		}
	}

	private static int readToMark(SubscriptionSession session) {
		int changes = 0;
		long begin = System.nanoTime();
		while (System.nanoTime() - begin < PATIENCE) {
			SubscriptionEvent event = session.poll();
			if (event instanceof SubscriptionEvent.Transaction transaction) {
				changes += transaction.changes().size();
			}
			else if (event instanceof SubscriptionEvent.Mark mark && mark.id() != null) {
				return changes;
			}
			else if (event instanceof SubscriptionEvent.Failed failed) {
				throw new IllegalStateException(failed.toString());
			}
		}
		throw new IllegalStateException("The subscription is not live");
	}

	private <T> Mono<T> ask(Class<T> answer) {
		return Mono.defer(() -> {
			this.queries.incrementAndGet();
			return Mono.error(new IllegalStateException("There is no database for a " + answer.getSimpleName()));
		});
	}

	@Override
	public void close() {
		this.journal.close();
	}

	/**
	 * A database that is not there.
	 */
	private final class NoDatabase implements SnapshotReader {

		@Override
		public Mono<Snapshot> read(SnapshotRequest request) {
			return ask(Snapshot.class);
		}

		@Override
		public void close() {
		}

	}

}
