package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.kalam.RealtimeTableType;
import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.change.Row;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.ChangeRouter;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.RoutedTransaction;
import io.kalam.query.Delivery;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.ModelDatabase.Item;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Mono;

/**
 * A table, a hub and one session, in which one thing happens at a time.
 */
abstract class LatestWorld {

	static final String ALL_ROWS = "SELECT id, v FROM items";

	final ModelDatabase database = new ModelDatabase(new Random(1), RealtimeTableType.SHARED);

	final RealtimeTables tables = new RealtimeTables();

	final AtomicInteger folded = new AtomicInteger();

	final AtomicInteger fellBehind = new AtomicInteger();

	final LiveHub hub = new LiveHub(new Counter());

	final TestClock clock = new TestClock();

	final MemoryJournal journal = new MemoryJournal(10_000_000, Duration.ofDays(1), this.clock, at(100));

	LiveSession session;

	long lsn = 100;

	@BeforeEach
	void openSession() {
		this.tables.replace(List.of(this.database.table));
		this.hub.start(at(100));
		open(100_000, true);
	}

	void open(long maxBuffer, boolean transactions) {
		this.session = (LiveSession) new SubscriptionEngine(this.tables, new LiveQueryParser(QueryLimits.DEFAULT),
				new AccessDecider(), new ModelReads(new Random(1), this.database, this.hub, null), this.journal,
				this.hub, () -> new Epoch("epoch"), Mono.never(), Mono.empty(), SubscriptionEngine.NEVER)
			.open(new RealtimeUser("ann", "user", Set.of(), Instant.MAX),
					new SessionSettings(transactions, 10, maxBuffer), () -> {
					});
	}

	static SubscribeRequest request(String id, String sql, Delivery delivery) {
		return new SubscribeRequest(id, sql, List.of(), false, 10, 0, null, null, false, false, delivery);
	}

	void subscribe(String id, String sql, Delivery delivery) {
		this.session.subscribe(request(id, sql, delivery));
		if (this.session.status().subscriptions().size() == 1) {
			poll();
		}
	}

	void commit(Change... changes) {
		this.lsn += 10;
		RoutedTransaction routed = new ChangeRouter(this.tables).route(
				new CommittedTransaction(new Lsn(this.lsn), this.lsn, Instant.EPOCH, List.of(changes)),
				new Generation(1));
		this.journal.append(List.of(routed));
		this.hub.publish(routed);
	}

	List<String> poll() {
		return transactions().stream().map(LatestWorld::text).toList();
	}

	List<Transaction> transactions() {
		List<Transaction> told = new ArrayList<>();
		for (SubscriptionEvent event = this.session.poll(); event != null; event = this.session.poll()) {
			if (event instanceof Transaction transaction) {
				told.add(transaction);
			}
		}
		return told;
	}

	static String text(Transaction transaction) {
		List<String> changes = transaction.changes().stream().map(LatestWorld::text).toList();
		String left = transaction.folded().isEmpty() ? "" : " " + transaction.folded();
		return transaction.sequence().lsn().value() + ":" + (changes.isEmpty() ? "" : " " + String.join(", ", changes))
				+ left;
	}

	static String text(SubscriptionChange change) {
		return change.id() + " " + switch (change.operation()) {
			case INSERT -> "INSERT " + text(change.row());
			case UPDATE -> "UPDATE " + text(change.row()) + " was " + text(change.old());
			case DELETE -> "DELETE " + text(change.old());
			case TRUNCATE -> "TRUNCATE";
		};
	}

	static String text(byte[] json) {
		return new String(json, StandardCharsets.UTF_8).replaceAll("\\{\"id\":\"(\\d+)\",\"v\":(\\d+)}", "$1=$2");
	}

	Change insert(int id, int v) {
		return new Change.Insert(row(id, null, v));
	}

	Change update(int id, int from, int to) {
		return new Change.Update(row(id, null, from), row(id, null, to));
	}

	Change delete(int id, int v) {
		return new Change.Delete(row(id, null, v));
	}

	Row row(int id, String owner, int v) {
		return this.database.row(new Item(id, owner, v));
	}

	static Sequence at(long lsn) {
		return Sequence.of(new Generation(1), new Lsn(lsn));
	}

	private final class Counter implements SubscriptionListener {

		@Override
		public void folded(int changes) {
			LatestWorld.this.folded.addAndGet(changes);
		}

		@Override
		public void fellBehind() {
			LatestWorld.this.fellBehind.incrementAndGet();
		}

	}

}
