package io.kalam.benchmark;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableLineage;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.change.Change;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.LiveTable;
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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * One shared table of messages, and sessions without sockets, each with one live
 * subscription to a room of its own.
 */
final class Rooms implements AutoCloseable {

	private static final TransactionSnapshot ALL_SEEN = new TransactionSnapshot(1000, 1000, new long[0]);

	private static final Partition PARTITION = Partition.shared(Items.TYPE.name());

	private final LiveHub hub = new LiveHub();

	private final MemoryJournal journal = new MemoryJournal(1 << 20, Duration.ofHours(1), Clock.systemUTC(),
			Sequence.ZERO);

	private final List<SubscriptionSession> sessions = new ArrayList<>();

	private final Deque<SubscriptionSession> woken = new ArrayDeque<>();

	private final Random random = new Random(1);

	private long sequence = 1;

	/**
	 * Opens sessions, and waits until all are live.
	 * @param count how many
	 * @param predicate what each wants; {@code $1} is its room
	 */
	Rooms(int count, String predicate) {
		LiveTable table = new LiveTable(BenchmarkDatabase.SHARED, Items.TYPE, null, new TableLineage("benchmark"));
		RealtimeTables tables = new RealtimeTables();
		tables.replace(List.of(table));
		this.hub.start(new Sequence(this.sequence));
		SubscriptionEngine engine = new SubscriptionEngine(tables, new LiveQueryParser(QueryLimits.DEFAULT),
				new AccessDecider(), new NoSnapshots(), this.journal, this.hub, () -> new Epoch("benchmark"),
				Mono.<Lsn>never(), Mono.empty(), SubscriptionEngine.NEVER);
		for (int i = 0; i < count; i++) {
			open(engine, "SELECT id, owner, body FROM items WHERE " + predicate, room(i));
		}
	}

	private void open(SubscriptionEngine engine, String sql, String room) {
		Wake wake = new Wake();
		wake.session = engine.open(new RealtimeUser(room, "user", Set.of(), Instant.MAX),
				new SessionSettings(true, 100, 1 << 20), wake);
		this.sessions.add(wake.session);
		wake.session.subscribe(new SubscribeRequest("messages", sql, List.of(room), false,
				SubscribeRequest.MAX_BATCH_SIZE, 0, null, null, false, false));
		boolean live = false;
		for (SubscriptionEvent event = wake.session.poll(); event != null; event = wake.session.poll()) {
			live |= event instanceof SubscriptionEvent.Mark mark && mark.id() != null;
		}
		Assert.state(live, "A subscription is not live");
		this.woken.clear();
	}

	private static String room(int number) {
		return "room-" + number;
	}

	/**
	 * Commits a message to somebody's room, and takes what is told of it.
	 * @return how many changes were told
	 */
	int tell() {
		return commit(room(this.random.nextInt(this.sessions.size())));
	}

	/**
	 * Commits a message to the first room, and takes what is told of it.
	 * @return how many changes were told
	 */
	int tellFirst() {
		return commit(room(0));
	}

	/**
	 * Commits a message to a room that nobody wants.
	 * @return how many changes were told
	 */
	int tellNobody() {
		return commit(room(-1));
	}

	private int commit(String room) {
		this.sequence++;
		this.hub.publish(new RoutedTransaction(new Sequence(this.sequence), 1, Instant.EPOCH, List
			.of(new RoutedChange(0, PARTITION, new Change.Insert(Items.row(this.sequence, room, "a message"))))));
		if (this.sequence % 1024 == 0) {
			this.hub.seen(ALL_SEEN);
		}
		int told = 0;
		for (SubscriptionSession session = this.woken.poll(); session != null; session = this.woken.poll()) {
			for (SubscriptionEvent event = session.poll(); event != null; event = session.poll()) {
				told += (event instanceof SubscriptionEvent.Transaction transaction) ? transaction.changes().size() : 0;
			}
		}
		return told;
	}

	@Override
	public void close() {
		this.sessions.forEach(SubscriptionSession::close);
		this.journal.close();
	}

	private final class Wake implements Runnable {

		private @Nullable SubscriptionSession session;

		@Override
		public void run() {
			if (this.session != null) {
				Rooms.this.woken.add(this.session);
			}
		}

	}

	private static final class NoSnapshots implements SnapshotReader {

		@Override
		public Mono<Snapshot> read(SnapshotRequest request) {
			return Mono.error(() -> new IllegalStateException("There is no database"));
		}

		@Override
		public void close() {
		}

	}

}
