package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.change.Row;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.ChangeRouter;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.RoutedTransaction;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.PlacedRow;
import io.kalam.query.QueryLimits;
import io.kalam.query.WindowLimits;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.subscription.ModelDatabase.Item;
import io.kalam.subscription.SubscriptionChange.Operation;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a window begins, is refilled and ends, one step at a time.
 */
class WindowSessionTests {

	private static final String SQL = "SELECT v FROM items ORDER BY v DESC LIMIT 2";

	private static final Duration NEVER_IN_A_TEST = Duration.ofDays(1);

	private final ModelDatabase database = new ModelDatabase(new Random(1), RealtimeTableType.SHARED);

	private final RealtimeTables tables = new RealtimeTables();

	private final LiveHub hub = new LiveHub();

	private final MemoryJournal journal = new MemoryJournal(1_000_000, Duration.ofDays(1), Clock.systemUTC(), at(100));

	private final List<Item> rows = new ArrayList<>();

	private final List<SnapshotRequest> reads = new ArrayList<>();

	private SubscriptionSession session;

	private long next = 100;

	@Test
	void beginsWithItsFirstRows() {
		open(true, 10_000);
		this.rows.addAll(List.of(item(1, 5), item(2, 9), item(3, 7), item(4, 1)));
		subscribe(SQL, true, 0, null);
		assertThat(poll(Acknowledged.class).resumed()).isFalse();
		assertThat(texts(poll(Batch.class).rows())).containsExactly("{\"v\":9,\"id\":\"2\"}", "{\"v\":7,\"id\":\"3\"}");
		assertThat(poll(Mark.class).id()).isNull();
		assertThat(poll(Mark.class).id()).isEqualTo("w");
	}

	@Test
	void beginsAnewWithACursorToo() {
		open(true, 10_000);
		subscribe(SQL, true, 0, "16777");
		assertThat(poll(Acknowledged.class).resumed()).isFalse();
		assertThat(this.reads).hasSize(1);
	}

	@Test
	void rowThatEntersPushesTheLastOneOutInTheSameCommit() {
		live();
		commit(new Change.Insert(row(item(5, 8))));
		assertThat(poll(Transaction.class).changes()).extracting(SubscriptionChange::operation)
			.containsExactly(Operation.DELETE, Operation.INSERT);
		assertThat(this.session.poll()).isNull();
	}

	@Test
	void spareRowMovesUpInTheSameCommitAndIsReadAfterThat() {
		live();
		commit(new Change.Delete(row(item(2, 9))));
		assertThat(poll(Transaction.class).changes()).extracting(SubscriptionChange::operation)
			.containsExactly(Operation.DELETE, Operation.INSERT);
		assertThat(this.reads).hasSize(1);
		this.rows.remove(item(2, 9));
		this.rows.remove(item(3, 7));
		commit(new Change.Delete(row(item(3, 7))));
		assertThat(poll(Transaction.class).changes()).extracting(SubscriptionChange::operation)
			.containsExactly(Operation.DELETE);
		this.session.mark();
		assertThat(poll(Reset.class)).isEqualTo(new Reset("w", Reset.Reason.WINDOW, false));
		assertThat(poll(Acknowledged.class).id()).isEqualTo("w");
		assertThat(texts(poll(Batch.class).rows())).containsExactly("{\"v\":5,\"id\":\"1\"}", "{\"v\":1,\"id\":\"4\"}");
		assertThat(this.reads).hasSize(2);
	}

	@Test
	void whatInterruptsItIsLeftToAThreadThatMayWait() {
		live();
		this.rows.removeIf((item) -> item.id() == 2 || item.id() == 3);
		commit(new Change.Delete(row(item(2, 9))), new Change.Delete(row(item(3, 7))));
		assertThat(this.session.isInMemory()).isTrue();
		assertThat(this.session.pollMemory()).isNull();
		assertThat(this.session.isInMemory()).isFalse();
		poll(Transaction.class);
		poll(Reset.class);
	}

	@Test
	void isResetBeforeAnyLaterCommitIsTold() {
		live();
		subscribe("all", "SELECT v FROM items ORDER BY v DESC LIMIT 9", true, 0, null);
		drain();
		this.rows.removeIf((item) -> item.id() == 2 || item.id() == 3);
		commit(new Change.Delete(row(item(2, 9))), new Change.Delete(row(item(3, 7))));
		commit(new Change.Insert(row(item(5, 8))));
		assertThat(poll(Transaction.class).changes()).hasSize(5);
		assertThat(poll(Reset.class).id()).isEqualTo("w");
		Transaction later = null;
		while (later == null) {
			SubscriptionEvent event = this.session.poll();
			assertThat(event).isInstanceOfAny(Acknowledged.class, Batch.class, Transaction.class);
			later = (event instanceof Transaction transaction && transaction.id() == null) ? transaction : null;
		}
		assertThat(later.changes()).extracting(SubscriptionChange::id).containsExactly("all");
	}

	@Test
	void readThatComesTooEarlyWaits() {
		open(true, 10_000, NEVER_IN_A_TEST);
		begin();
		this.rows.removeIf((item) -> item.id() > 1);
		commit(new Change.Delete(row(item(2, 9))), new Change.Delete(row(item(3, 7))));
		poll(Transaction.class);
		poll(Reset.class);
		poll(Acknowledged.class);
		this.rows.addAll(List.of(item(6, 4), item(7, 3), item(8, 2)));
		commit(new Change.Insert(row(item(6, 4))), new Change.Insert(row(item(7, 3))),
				new Change.Insert(row(item(8, 2))));
		poll(Batch.class);
		drain();
		assertThat(this.reads).hasSize(2);
		commit(new Change.Delete(row(item(1, 5))), new Change.Delete(row(item(6, 4))));
		drain();
		assertThat(this.reads).as("reads").hasSize(2);
	}

	@Test
	void clientWithoutTransactionsIsToldAndHasToSubscribeAgain() {
		open(false, 10_000);
		this.rows.addAll(List.of(item(1, 5), item(2, 9), item(3, 7), item(4, 1)));
		subscribe(SQL, true, 0, null);
		poll(Acknowledged.class);
		poll(Batch.class);
		assertThat(this.session.poll()).isNull();
		commit(new Change.Delete(row(item(2, 9))), new Change.Delete(row(item(3, 7))));
		assertThat(poll(Transaction.class).changes()).hasSize(3);
		assertThat(poll(Failed.class).code()).isEqualTo(ErrorCode.RESYNC_REQUIRED);
	}

	@Test
	void rowsThatAreTooLargeEndIt() {
		open(true, 300);
		this.rows.addAll(List.of(item(1, 5), item(2, 9)));
		subscribe(SQL, true, 0, null);
		poll(Acknowledged.class);
		poll(Batch.class);
		Failed failed = poll(Failed.class);
		assertThat(failed.code()).isEqualTo(ErrorCode.SUBSCRIPTION_FAILED);
		assertThat(failed.message()).contains("lower LIMIT");
		assertThat(this.session.poll()).isNull();
	}

	@Test
	void whatMakesNoSenseIsRefused() {
		open(true, 10_000);
		subscribe(SQL, false, 0, null);
		assertThat(poll(Failed.class).message()).contains("begins with its rows");
		subscribe(SQL, true, 5, null);
		assertThat(poll(Failed.class).message()).contains("last_rows");
		subscribe("SELECT v FROM items ORDER BY v", true, 5, null);
		assertThat(poll(Failed.class).code()).isEqualTo(ErrorCode.UNSUPPORTED);
		assertThat(this.reads).isEmpty();
	}

	private void live() {
		open(true, 10_000);
		begin();
	}

	private void begin() {
		this.rows.addAll(List.of(item(1, 5), item(2, 9), item(3, 7), item(4, 1)));
		subscribe(SQL, true, 0, null);
		poll(Acknowledged.class);
		poll(Batch.class);
		poll(Mark.class);
		poll(Mark.class);
		assertThat(this.session.poll()).isNull();
	}

	private void open(boolean transactions, long maxBytes) {
		open(transactions, maxBytes, Duration.ZERO);
	}

	private void open(boolean transactions, long maxBytes, Duration interval) {
		this.tables.replace(List.of(this.database.table));
		this.hub.start(at(this.next));
		QueryLimits limits = new QueryLimits(8192, 64, 1024, 32, new WindowLimits(10, 1, maxBytes, interval));
		this.session = new SubscriptionEngine(this.tables, new LiveQueryParser(limits), new AccessDecider(),
				new Reads(), this.journal, this.hub, () -> new Epoch("epoch"), Mono.empty(), Mono.empty(),
				SubscriptionEngine.NEVER)
			.open(new RealtimeUser("ann", "user", Set.of(), Instant.MAX),
					new SessionSettings(transactions, 10, 100_000), () -> {
					});
	}

	private void subscribe(String sql, boolean snapshot, int lastRows, String from) {
		subscribe("w", sql, snapshot, lastRows, from);
	}

	private void subscribe(String id, String sql, boolean snapshot, int lastRows, String from) {
		this.session
			.subscribe(new SubscribeRequest(id, sql, List.of(), snapshot, 10, lastRows, from, null, false, false));
	}

	private void commit(Change... changes) {
		this.next += 10;
		RoutedTransaction routed = new ChangeRouter(this.tables).route(
				new CommittedTransaction(new Lsn(this.next), this.next, Instant.EPOCH, List.of(changes)),
				new Generation(1));
		this.journal.append(List.of(routed));
		this.hub.publish(routed);
	}

	private <T extends SubscriptionEvent> T poll(Class<T> type) {
		SubscriptionEvent event = this.session.poll();
		assertThat(event).isInstanceOf(type);
		return type.cast(event);
	}

	private void drain() {
		SubscriptionEvent event = this.session.poll();
		while (event != null) {
			event = this.session.poll();
		}
	}

	private static List<String> texts(List<byte[]> rows) {
		return rows.stream().map((row) -> new String(row, StandardCharsets.UTF_8)).toList();
	}

	private Row row(Item item) {
		return this.database.row(item);
	}

	private static Item item(long id, int v) {
		return new Item(id, null, v);
	}

	private static Sequence at(long lsn) {
		return Sequence.of(new Generation(1), new Lsn(lsn));
	}

	private final class Reads implements SnapshotReader {

		@Override
		public Mono<Snapshot> read(SnapshotRequest request) {
			return Mono.fromSupplier(() -> {
				WindowSessionTests.this.reads.add(request);
				long position = WindowSessionTests.this.next;
				List<byte[]> read = WindowSessionTests.this.rows.stream()
					.sorted((one, other) -> other.v() - one.v())
					.limit(request.query().window().rowsToRead())
					.map((item) -> PlacedRow.write(request.query().ordering(), (column) -> item.text(column.name()),
							request.query().projection().encode(row(item))))
					.toList();
				return new ModelSnapshot(at(position), new TransactionSnapshot(position + 1, position + 1, new long[0]),
						new Lsn(position), read);
			});
		}

		@Override
		public void close() {
		}

	}

}
