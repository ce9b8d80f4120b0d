package io.kalam.subscription;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.kalam.RealtimeTableType;
import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.Table;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.change.Change;
import io.kalam.codec.Codecs;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalExpiredException;
import io.kalam.journal.JournalUnreadableException;
import io.kalam.journal.TransactionMark;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionStartTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Sequence HEAD = Sequence.of(new Generation(1), new Lsn(100));

	private final LiveTable table = new ModelDatabase(new Random(1), RealtimeTableType.SHARED).table;

	private final RealtimeTables tables = new RealtimeTables();

	private final Deque<MonoSink<Snapshot>> reads = new ConcurrentLinkedDeque<>();

	private final Deque<Mono<Lsn>> beats = new ConcurrentLinkedDeque<>();

	private final List<Object> told = new CopyOnWriteArrayList<>();

	private final LiveHub hub = new LiveHub(new Told());

	private final ChangeJournal journal = new MemoryJournal(1000, Duration.ofDays(1), Clock.systemUTC(), HEAD);

	private final AtomicInteger wakes = new AtomicInteger();

	private volatile boolean away;

	private volatile boolean forgotten;

	private final SubscriptionSession session = session();

	@Test
	void snapshotOfATableThatHasAnotherColumnByThenIsReadAgain() {
		subscribe(null);
		assertThat(columns(this.session.poll())).containsExactly("id", "owner", "v");
		this.tables.replace(List.of(wider()));
		EmptySnapshot outdated = new EmptySnapshot();
		this.reads.remove().success(outdated);
		assertThat(outdated.released).isTrue();
		assertThat(columns(this.session.poll())).containsExactly("id", "owner", "v", "w");
		assertThat(this.session.poll()).isNull();
		this.reads.remove().success(new EmptySnapshot());
		assertThat(this.session.poll()).isInstanceOf(Batch.class);
	}

	@Test
	void cursorAheadOfTheDatabaseIsRefusedThoughTheDatabaseWasAwayAtFirst() {
		this.beats.add(Mono.error(new IllegalStateException("away")));
		this.beats.add(Mono.error(new IllegalStateException("still away")));
		this.beats.add(Mono.just(new Lsn(150)));
		subscribe(Sequence.of(new Generation(1), new Lsn(200)));
		List<SubscriptionEvent> events = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			SubscriptionEvent event = this.session.poll();
			if (event != null) {
				events.add(event);
			}
		}
		assertThat(events).singleElement()
			.isInstanceOfSatisfying(Failed.class,
					(failed) -> assertThat(failed.code()).isEqualTo(ErrorCode.CURSOR_EXPIRED));
		assertThat(this.beats).isEmpty();
		assertThat(this.told).containsExactly(ResumeOutcome.AHEAD, ErrorCode.CURSOR_EXPIRED);
	}

	@Test
	void nothingIsToldOfASubscriptionThatFailedAndIsNotWantedAnyMore() {
		this.session
			.subscribe(new SubscribeRequest("s", "no select", List.of(), true, 10, 0, null, null, false, false));
		this.session.unsubscribe("s");
		assertThat(this.session.poll()).isNull();
		assertThat(this.told).containsExactly(ErrorCode.INVALID_SQL);
	}

	@Test
	void cursorThatIsContinuedIsTold() {
		subscribe(HEAD);
		assertThat(this.session.poll()).isInstanceOf(Acknowledged.class);
		assertThat(this.told).containsExactly(ResumeOutcome.CONTINUED);
	}

	@Test
	void optionsInTheSqlCount() {
		this.session.subscribe(new SubscribeRequest("s", "SUBSCRIBE TO items OPTIONS (last_rows = 5)", List.of(), true,
				10, 4, null, null, false, false));
		assertThat(this.session.poll()).isInstanceOfSatisfying(Failed.class, (failed) -> {
			assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_SQL);
			assertThat(failed.message()).contains("last_rows is 5 in the SQL and 4 in the message");
		});
	}

	@Test
	void cursorWaitsWhileTheJournalCannotBeRead() {
		this.away = true;
		subscribe(HEAD);
		assertThat(this.session.poll()).isNull();
		int before = this.wakes.get();
		assertThat(this.session.poll()).isNull();
		this.away = false;
		Awaitility.await().atMost(PATIENCE).until(() -> this.wakes.get() > before);
		assertThat(this.session.poll()).isInstanceOfSatisfying(Acknowledged.class,
				(acknowledged) -> assertThat(acknowledged.resumed()).isTrue());
	}

	@Test
	void snapshotIsKeptWhileTheJournalCannotBeRead() {
		subscribe(null);
		assertThat(this.session.poll()).isInstanceOf(Acknowledged.class);
		this.away = true;
		EmptySnapshot snapshot = new EmptySnapshot();
		this.reads.remove().success(snapshot);
		assertThat(this.session.poll()).isNull();
		assertThat(snapshot.released).isFalse();
		this.away = false;
		Awaitility.await().atMost(PATIENCE).until(() -> this.session.poll() instanceof Batch);
		assertThat(this.reads).isEmpty();
	}

	@Test
	void snapshotThatTheJournalHasForgottenIsReadAgainThoughCaptureStopsMeanwhile() {
		this.beats.add(Mono.error(new DatabaseUnavailableException("Capture has been stopped", null)));
		this.beats.add(Mono.error(new DatabaseUnavailableException("Capture has been stopped", null)));
		this.beats.add(Mono.just(HEAD.lsn()));
		subscribe(null);
		assertThat(this.session.poll()).isInstanceOf(Acknowledged.class);
		this.forgotten = true;
		EmptySnapshot forgotten = new EmptySnapshot();
		this.reads.remove().success(forgotten);
		assertThat(forgotten.released).isTrue();
		this.forgotten = false;
		Awaitility.await().atMost(PATIENCE).until(() -> !this.reads.isEmpty());
		assertThat(this.beats).isEmpty();
		assertThat(this.session.poll()).isInstanceOf(Acknowledged.class);
		this.reads.remove().success(new EmptySnapshot());
		assertThat(this.session.poll()).isInstanceOf(Batch.class);
		assertThat(this.told).isEmpty();
	}

	@Test
	void subscriptionThatCaptureDoesNotComeBackForEnds() {
		for (int i = 0; i < 5; i++) {
			this.beats.add(Mono.error(new DatabaseUnavailableException("Capture has been stopped", null)));
		}
		subscribe(null);
		assertThat(this.session.poll()).isInstanceOf(Acknowledged.class);
		this.forgotten = true;
		this.reads.remove().success(new EmptySnapshot());
		Awaitility.await().atMost(PATIENCE).until(() -> !this.told.isEmpty());
		assertThat(this.told).containsExactly(ErrorCode.SUBSCRIPTION_FAILED);
		assertThat(this.beats).isEmpty();
	}

	@Test
	void snapshotThatWaitsForTheJournalIsReleasedWithItsSubscription() {
		subscribe(null);
		this.away = true;
		EmptySnapshot snapshot = new EmptySnapshot();
		this.reads.remove().success(snapshot);
		assertThat(snapshot.released).isFalse();
		this.session.unsubscribe("s");
		assertThat(snapshot.released).isTrue();
	}

	@Test
	void liveChainWaitsWhileTheJournalCannotBeRead() {
		this.session.subscribe(
				new SubscribeRequest("s", "SELECT * FROM items", List.of(), false, 10, 0, null, null, false, false));
		Awaitility.await().atMost(PATIENCE).until(() -> this.session.poll() instanceof SubscriptionEvent.Mark);
		Awaitility.await().atMost(PATIENCE).until(() -> this.session.poll() == null);
		this.away = true;
		Sequence sequence = Sequence.of(new Generation(1), new Lsn(200));
		this.journal.append(List.of(new RoutedTransaction(sequence, 7, Instant.EPOCH,
				List.of(new RoutedChange(0, null, new Change.Truncate(this.table.rowType()))))));
		this.hub.publish(new TransactionMark(sequence, 7), Set.of(this.table.name()));
		assertThat(this.session.poll()).isNull();
		int before = this.wakes.get();
		assertThat(this.session.poll()).isNull();
		this.away = false;
		Awaitility.await().atMost(PATIENCE).until(() -> this.wakes.get() > before);
		assertThat(this.session.poll()).isInstanceOfSatisfying(SubscriptionEvent.Transaction.class,
				(transaction) -> assertThat(transaction.sequence()).isEqualTo(sequence));
	}

	private SubscriptionSession session() {
		this.tables.replace(List.of(this.table));
		this.hub.start(HEAD);
		return new SubscriptionEngine(this.tables, new LiveQueryParser(QueryLimits.DEFAULT), new AccessDecider(),
				new PendingReads(), sometimesAway(this.journal), this.hub, () -> new Epoch("epoch"),
				Mono.defer(this.beats::remove), Mono.empty(), SubscriptionEngine.NEVER)
			.open(new RealtimeUser("ann", "user", Set.of(), Instant.MAX), new SessionSettings(true, 10, 1000),
					this.wakes::incrementAndGet);
	}

	private ChangeJournal sometimesAway(ChangeJournal actual) {
		return (ChangeJournal) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { ChangeJournal.class }, (proxy, method, arguments) -> {
					if (this.away) {
						throw new JournalUnreadableException("away", null);
					}
					if (this.forgotten) {
						throw new JournalExpiredException(HEAD, HEAD);
					}
					return method.invoke(actual, arguments);
				});
	}

	private void subscribe(Sequence from) {
		this.session.subscribe(new SubscribeRequest("s", "SELECT * FROM items", List.of(), true, 10, 0,
				(from != null) ? from.toString() : null, null, false, false));
	}

	private static List<String> columns(SubscriptionEvent event) {
		assertThat(event).isInstanceOf(Acknowledged.class);
		return ((Acknowledged) event).query().projection().columns().stream().map(Column::name).toList();
	}

	private LiveTable wider() {
		Table before = this.table.rowType().table();
		List<Column> columns = new ArrayList<>(before.columns());
		columns.add(new Column("w", columns.size(),
				new ColumnType(0, "int4", "pg_catalog", ColumnType.Kind.BASE, -1, null), false, false, null));
		return new LiveTable(this.table.definition(),
				new Codecs().rowType(new Table(before.name(), columns, before.key())), null, this.table.lineage());
	}

	private final class Told implements SubscriptionListener {

		@Override
		public void resumed(ResumeOutcome outcome) {
			SubscriptionStartTests.this.told.add(outcome);
		}

		@Override
		public void failed(ErrorCode code) {
			SubscriptionStartTests.this.told.add(code);
		}

	}

	private final class PendingReads implements SnapshotReader {

		@Override
		public Mono<Snapshot> read(SnapshotRequest request) {
			return Mono.create(SubscriptionStartTests.this.reads::add);
		}

		@Override
		public void close() {
		}

	}

	private static final class EmptySnapshot implements Snapshot {

		private boolean released;

		@Override
		public Sequence horizon() {
			return HEAD;
		}

		@Override
		public TransactionSnapshot visibility() {
			return new TransactionSnapshot(10, 10, new long[0]);
		}

		@Override
		public Lsn fence() {
			return HEAD.lsn();
		}

		@Override
		public long size() {
			return 0;
		}

		@Override
		public Mono<List<byte[]>> rows(long first, int count) {
			return Mono.just(List.of());
		}

		@Override
		public void release() {
			this.released = true;
		}

	}

}
