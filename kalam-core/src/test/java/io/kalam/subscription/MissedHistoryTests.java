package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import io.kalam.RealtimeTableType;
import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.Table;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.change.ResetReason;
import io.kalam.change.Row;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.ChangeRouter;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.RoutedTransaction;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.ModelDatabase.Item;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client is told of a history that it has missed.
 */
class MissedHistoryTests {

	private static final Sequence CURSOR = at(1000);

	private static final String ALL = "SELECT id, v FROM items";

	private final ModelDatabase database = new ModelDatabase(new Random(1), RealtimeTableType.USER);

	private final RealtimeTables tables = new RealtimeTables();

	private final MemoryJournal journal = new MemoryJournal(1 << 20, Duration.ofDays(1), Clock.systemUTC(), CURSOR);

	private final LiveHub hub = new LiveHub();

	private long lsn = 1000;

	MissedHistoryTests() {
		this.tables.replace(List.of(this.database.table));
		this.hub.start(CURSOR);
	}

	@Test
	void aLongHistoryIsOneTransactionWithTheLastStateOfEachRow() {
		commit(update(1, 1, 2), insert(2, 1), delete(3, 1));
		commit(update(1, 2, 3), delete(2, 1), delete(4, 1));
		commit(insert(4, 7), insert(5, 5), update(6, 1, 2));
		commit(update(5, 5, 6), update(6, 2, 1));
		List<SubscriptionEvent> events = resume(3, 1 << 20, ALL, true);
		assertThat(events).hasSize(3);
		Transaction only = (Transaction) events.get(0);
		assertThat(only.previous()).isEqualTo(CURSOR);
		assertThat(only.sequence()).isEqualTo(at(1040));
		assertThat(only.last()).isTrue();
		assertThat(texts(only)).containsExactly("DELETE 3", "UPDATE 1=3 was 1", "UPDATE 4=7 was 1", "INSERT 5=6");
		assertThat(events.get(2)).isEqualTo(new Mark("s", at(1040), at(1040)));
	}

	@Test
	void asMuchAsIsAllowedIsToldCommitByCommit() {
		commit(insert(1, 1));
		commit(update(1, 1, 2));
		commit(update(1, 2, 3));
		assertThat(texts(resume(3, 1 << 20, ALL, true))).containsExactly("INSERT 1=1;", "UPDATE 1=2 was 1;",
				"UPDATE 1=3 was 2;");
		assertThat(texts(resume(2, 1 << 20, ALL, true))).containsExactly("INSERT 1=3;");
	}

	@Test
	void whatIsCountedIsWhatTheOwnerHasMissed() {
		commit(insert(1, 1));
		for (int id = 10; id < 30; id++) {
			commit(new Change.Insert(row("bob", id, 1)));
		}
		commit(update(1, 1, 2));
		assertThat(texts(resume(2, 1 << 20, ALL, true))).containsExactly("INSERT 1=1;", "UPDATE 1=2 was 1;");
	}

	@Test
	void aRowThatLeftTheFilterOrItsOwnerIsADelete() {
		commit(update(1, 5, 6), update(2, 5, 6), update(3, 1, 2));
		commit(update(1, 6, 1), new Change.Update(row("alice", 2, 6), row("bob", 2, 6)), update(3, 2, 5));
		assertThat(texts(resume(1, 1 << 20, ALL + " WHERE v >= 4", true)))
			.containsExactly("DELETE 1, DELETE 2, INSERT 3=5;");
	}

	@Test
	void aChangeOfTheKeyIsADeleteAndAnInsert() {
		commit(delete(1, 5), insert(2, 5));
		commit(delete(2, 5), insert(3, 5));
		assertThat(texts(resume(1, 1 << 20, ALL, true))).containsExactly("DELETE 1, INSERT 3=5;");
	}

	@Test
	void nothingIsToldOfRowsThatAreAsTheyWere() {
		commit(update(1, 1, 2), insert(2, 1));
		commit(update(1, 2, 1), delete(2, 1));
		assertThat(texts(resume(1, 1 << 20, ALL, true))).isEmpty();
	}

	@Test
	void aTruncateIsToldBeforeWhatCameBehindIt() {
		commit(update(1, 1, 2), insert(2, 1));
		commit(new Change.Truncate(this.database.table.rowType()), insert(1, 5));
		commit(insert(3, 5), update(1, 5, 6));
		assertThat(texts(resume(1, 1 << 20, ALL, true))).containsExactly("TRUNCATE, INSERT 3=5, INSERT 1=6;");
	}

	@Test
	void aTruncateEndsTheSubscriptionOfAClientThatDoesNotKnowIt() {
		commit(update(1, 1, 2), insert(2, 1));
		commit(new Change.Truncate(this.database.table.rowType()), insert(1, 5));
		List<SubscriptionEvent> events = resume(1, 1 << 20, ALL, false);
		assertThat(texts(events)).containsExactly("UPDATE 1=2 was 1, INSERT 2=1;");
		assertThat(events).hasSize(2)
			.last()
			.isInstanceOfSatisfying(Failed.class,
					(failed) -> assertThat(failed.code()).isEqualTo(ErrorCode.RESYNC_REQUIRED));
	}

	/**
	 * Its cursor may be the boundary of a snapshot that has seen the first commit.
	 */
	@Test
	void aClientThatKnowsNoMarksIsToldEachChange() {
		commit(delete(1, 1));
		commit(insert(1, 1));
		assertThat(texts(resume(1, 1 << 20, ALL, false))).containsExactly("DELETE 1;", "INSERT 1=1;");
	}

	@Test
	void whatCannotBeToldRowByRowResetsAndNothingIsToldBeforeIt() {
		commit(insert(1, 1));
		commit(insert(2, 1), new Change.Reset(ModelDatabase.NAME, ResetReason.SCHEMA));
		assertThat(resume(1, 1 << 20, ALL, true)).first().isInstanceOf(Reset.class);
	}

	@Test
	void rowsWithOtherColumnsReset() {
		commit(insert(1, 1));
		commit(new Change.Insert(wider()));
		commit(insert(2, 1));
		assertThat(resume(1, 1 << 20, ALL, true)).first().isInstanceOf(Reset.class);
	}

	@Test
	void moreThanMayWaitInMemoryIsSeveralTransactions() {
		for (int id = 1; id <= 40; id++) {
			commit(insert(id, 1));
			commit(update(id, 1, 2));
		}
		List<Transaction> told = transactions(resume(1, 2000, ALL, true));
		assertThat(told).hasSizeBetween(4, 20).allMatch(Transaction::last);
		assertThat(told.stream().mapToInt((transaction) -> transaction.changes().size()).sum()).isBetween(40, 60);
		Sequence previous = CURSOR;
		for (Transaction transaction : told) {
			assertThat(transaction.previous()).isEqualTo(previous);
			previous = transaction.sequence();
		}
		assertThat(previous).isEqualTo(at(1800));
	}

	@Test
	void aCommitThatIsLargerThanThatComesInParts() {
		commit(insert(100, 1));
		Change[] many = new Change[60];
		for (int i = 0; i < many.length; i++) {
			many[i] = insert(i, 1);
		}
		commit(many);
		commit(update(7, 1, 2));
		List<Transaction> told = transactions(resume(1, 2000, ALL, true));
		List<Transaction> parts = told.stream().filter((part) -> part.sequence().equals(at(1020))).toList();
		assertThat(parts).hasSizeGreaterThan(2).allMatch((part) -> part.previous().equals(parts.get(0).previous()));
		assertThat(parts.stream().map(Transaction::last).filter(Boolean::booleanValue)).hasSize(1);
		assertThat(parts.get(parts.size() - 1).last()).isTrue();
		assertThat(texts(told.get(told.size() - 1))).containsExactly("UPDATE 7=2 was 1");
	}

	private void commit(Change... changes) {
		this.lsn += 10;
		RoutedTransaction routed = new ChangeRouter(this.tables).route(
				new CommittedTransaction(new Lsn(this.lsn), this.lsn, Instant.EPOCH, List.of(changes)),
				new Generation(1));
		this.journal.append(List.of(routed));
		this.hub.publish(routed);
	}

	private List<SubscriptionEvent> resume(long collapseAfter, long buffer, String sql, boolean transactions) {
		Random random = new Random(1);
		LiveQueryParser parser = new LiveQueryParser(QueryLimits.DEFAULT);
		ModelReads reads = new ModelReads(random, this.database, this.hub,
				new ModelAccess(random, parser, this.database));
		SubscriptionEngine engine = new SubscriptionEngine(this.tables, parser, new AccessDecider(), reads,
				this.journal, this.hub, () -> new Epoch("epoch"), Mono.never(), Mono.empty(), collapseAfter);
		SubscriptionSession session = engine.open(new RealtimeUser("alice", "user", Set.of(), Instant.MAX),
				new SessionSettings(transactions, 10, buffer), () -> {
				});
		session
			.subscribe(new SubscribeRequest("s", sql, List.of(), true, 10, 0, CURSOR.toString(), null, false, false));
		List<SubscriptionEvent> events = new ArrayList<>();
		assertThat(session.poll()).isInstanceOf(SubscriptionEvent.Acknowledged.class);
		for (int polls = 0; polls < 1000; polls++) {
			SubscriptionEvent event = session.poll();
			if (event != null) {
				events.add(event);
			}
		}
		session.close();
		return events;
	}

	private static List<Transaction> transactions(List<SubscriptionEvent> events) {
		return events.stream().filter(Transaction.class::isInstance).map(Transaction.class::cast).toList();
	}

	private static List<String> texts(List<SubscriptionEvent> events) {
		return transactions(events).stream()
			.map((transaction) -> String.join(", ", texts(transaction)) + (transaction.last() ? ";" : ""))
			.toList();
	}

	private static List<String> texts(Transaction transaction) {
		return transaction.changes().stream().map((change) -> switch (change.operation()) {
			case INSERT -> "INSERT " + text(change.row());
			case UPDATE -> "UPDATE " + text(change.row()) + " was " + text(change.old()).split("=")[1];
			case DELETE -> "DELETE " + text(change.old()).split("=")[0];
			case TRUNCATE -> "TRUNCATE";
		}).collect(Collectors.toList());
	}

	private static String text(byte[] json) {
		return new String(json, StandardCharsets.UTF_8).replaceAll("\\{\"id\":\"(\\d+)\",\"v\":(\\d+)}", "$1=$2");
	}

	private Change insert(int id, int value) {
		return new Change.Insert(row("alice", id, value));
	}

	private Change update(int id, int from, int to) {
		return new Change.Update(row("alice", id, from), row("alice", id, to));
	}

	private Change delete(int id, int value) {
		return new Change.Delete(row("alice", id, value));
	}

	private Row row(String owner, int id, int value) {
		return this.database.row(new Item(id, owner, value));
	}

	private Row wider() {
		Table before = this.database.table.rowType().table();
		List<Column> columns = new ArrayList<>(before.columns());
		columns.add(new Column("w", 3, new ColumnType(0, "int4", "pg_catalog", ColumnType.Kind.BASE, -1, null), true,
				false, null));
		RowType type = new Codecs().rowType(new Table(before.name(), columns, before.key()));
		return new Row(type, new Object[] { 9L, "alice", 1L, null });
	}

	private static Sequence at(long lsn) {
		return Sequence.of(new Generation(1), new Lsn(lsn));
	}

}
