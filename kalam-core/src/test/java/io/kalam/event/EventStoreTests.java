package io.kalam.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.change.Row;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.partition.RealtimeTables;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EventStoreTests {

	private static final Duration TTL = Duration.ofSeconds(10);

	private static final int MOST = 4;

	private static final TableName NAME = new TableName("public", "signals");

	private static final Consumer<CommittedTransaction> FAILING = (transaction) -> {
		throw new IllegalStateException("the disk is full");
	};

	private final TestClock clock = new TestClock();

	private final RealtimeTables tables = new RealtimeTables();

	private final LiveTable table = TestStreams
		.table(TestStreams.define(Signal.class, NAME.name(), List.of("name"), "owner", TTL, MOST));

	private final List<CommittedTransaction> published = new ArrayList<>();

	private final Consumer<CommittedTransaction> publish = (transaction) -> {
		this.published.add(transaction);
		this.head = transaction.commit().value();
	};

	private final EventStore store = new EventStore(this.tables, this.clock,
			() -> Sequence.of(new Generation(0), new Lsn(this.head)));

	private long head = 10;

	private long next = 10;

	@BeforeEach
	void replace() {
		this.tables.replace(List.of(this.table));
	}

	@Test
	void eventsComeChangeAndEnd() {
		commit(put("ann", "a", 1), put("bob", "a", 2));
		commit(put("ann", "a", 3), remove("bob", "a"), remove("bob", "b"));
		assertThat(changes()).containsExactly("+ann a 1", "+bob a 2", "ann a 1>3", "-bob a 2");
		assertThat(read("ann")).containsExactly("ann a 3");
		assertThat(read("bob")).isEmpty();
	}

	@Test
	void endWithTheFirstCommitBehindTheirTime() {
		commit(put("ann", "a", 1));
		this.clock.advance(Duration.ofSeconds(4));
		commit(put("bob", "b", 2));
		assertThat(this.store.untilDue()).isEqualTo(Duration.ofSeconds(6));
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(this.store.isDue()).isTrue();
		commit();
		assertThat(changes()).containsExactly("+ann a 1", "+bob b 2", "-ann a 1");
		assertThat(this.store.isDue()).isFalse();
		assertThat(this.store.untilDue()).isEqualTo(Duration.ofSeconds(4));
	}

	@Test
	void endByASignOfLifeIfNothingIsCommitted() {
		commit(put("ann", "a", 1));
		progress();
		assertThat(this.published).hasSize(1);
		this.clock.advance(TTL);
		progress();
		assertThat(changes()).containsExactly("+ann a 1", "-ann a 1");
		assertThat(this.published.get(1).commit()).isEqualTo(new Lsn(this.next));
		assertThat(this.published.get(1).xid()).isEqualTo(this.published.get(0).xid());
		this.clock.advance(TTL);
		progress();
		assertThat(this.published).hasSize(2);
		assertThat(this.store.untilDue()).isNull();
	}

	@Test
	void liveAnewWhenTheyAreToldAgain() {
		commit(put("ann", "a", 1), put("ann", "b", 1));
		this.clock.advance(Duration.ofSeconds(9));
		commit(put("ann", "a", 1));
		this.clock.advance(Duration.ofSeconds(9));
		progress();
		assertThat(changes()).containsExactly("+ann a 1", "+ann b 1", "ann a 1>1", "-ann b 1");
		assertThat(read("ann")).containsExactly("ann a 1");
	}

	@Test
	void liveFromTheirCommitOnHoweverLateTheyCome() {
		commit();
		Instant committed = this.clock.instant();
		commit(put("ann", "now", 1));
		this.clock.advance(Duration.ofSeconds(7));
		commit(committed, put("ann", "late", 1));
		assertThat(this.store.untilDue()).isEqualTo(Duration.ofSeconds(3));
		this.clock.advance(Duration.ofSeconds(3));
		commit(committed, put("ann", "too late", 1));
		assertThat(changes()).containsExactly("+ann now 1", "+ann late 1", "-ann now 1", "-ann late 1");
	}

	@Test
	void theOldestMakeRoom() {
		commit(put("bob", "x", 1));
		for (int i = 0; i < MOST; i++) {
			commit(put("ann", "n" + i, i));
		}
		commit(put("ann", "n0", 9), put("ann", "more", 5));
		assertThat(changes()).endsWith("ann n0 0>9", "+ann more 5", "-ann n1 1");
		assertThat(read("ann")).containsExactly("ann n2 2", "ann n3 3", "ann n0 9", "ann more 5");
		assertThat(read("bob")).hasSize(1);
	}

	@Test
	void whatCouldNotBePublishedIsPublishedAsItWasWhenItComesAgain() {
		CommittedTransaction lost = transaction(this.clock.instant(), put("ann", "a", 1));
		assertThatIllegalStateException().isThrownBy(() -> this.store.apply(lost, FAILING));
		assertThat(this.store.read(new Partition(NAME, "ann"))).isNull();
		this.store.apply(lost, this.publish);
		assertThat(changes()).containsExactly("+ann a 1");
		assertThat(read("ann")).containsExactly("ann a 1");
	}

	@Test
	void whatEndedAndCouldNotBePublishedIsToldByTheNextCommit() {
		commit(put("ann", "a", 1));
		this.clock.advance(TTL);
		assertThatIllegalStateException().isThrownBy(() -> this.store.expire(new Lsn(++this.next), FAILING));
		commit(put("ann", "a", 2));
		assertThat(changes()).containsExactly("+ann a 1", "-ann a 1", "+ann a 2");
	}

	@Test
	void whatComesAgainIsNotAppliedAgain() {
		CommittedTransaction first = transaction(this.clock.instant(), put("ann", "a", 1));
		this.store.apply(first, this.publish);
		commit(remove("ann", "a"));
		List<CommittedTransaction> again = new ArrayList<>();
		this.store.apply(first, again::add);
		assertThat(again).allSatisfy((transaction) -> assertThat(transaction.changes()).isEmpty());
		assertThat(read("ann")).isEmpty();
	}

	@Test
	void rowsOfATableWithItsNameAreNoEvents() {
		commit(new Change.Insert(row("ann", "a", 1)));
		assertThat(changes()).isEmpty();
		assertThat(read("ann")).isEmpty();
	}

	@Test
	void whoWaitsIsToldWhenSomethingEndsSooner() {
		List<Duration> told = new ArrayList<>();
		this.store.listen(() -> told.add(this.store.untilDue()));
		commit(put("ann", "a", 1));
		this.clock.advance(Duration.ofSeconds(1));
		commit(put("ann", "b", 1));
		assertThat(told).containsExactly(TTL);
	}

	/**
	 * Whatever happens, what was published adds up to what is read, and that is what a
	 * list says that is kept in the simplest way.
	 */
	@Test
	void whatIsToldAddsUpToWhatLives() {
		for (int seed = 0; seed < 200; seed++) {
			setUp();
			Random random = new Random(seed);
			Map<String, Told> model = new LinkedHashMap<>();
			for (int step = 0; step < 60; step++) {
				step(random, model);
				assertThat(read("ann", "bob")).as("seed %d, step %d", seed, step).isEqualTo(lines(model));
				assertThat(folded()).as("seed %d, step %d", seed, step).hasSameElementsAs(lines(model));
			}
		}
	}

	private void setUp() {
		this.published.clear();
		this.store.forget();
		this.head = this.next;
	}

	private void step(Random random, Map<String, Told> model) {
		List<Change> changes = new ArrayList<>();
		for (int i = random.nextInt(4); i > 0; i--) {
			String owner = random.nextBoolean() ? "ann" : "bob";
			String name = "n" + random.nextInt(7);
			int value = random.nextInt(100);
			model.remove(owner + ' ' + name);
			if (random.nextInt(4) == 0) {
				changes.add(remove(owner, name));
			}
			else {
				changes.add(put(owner, name, value));
				model.put(owner + ' ' + name, new Told(owner, value, this.clock.instant().plus(TTL)));
				List<String> own = model.keySet().stream().filter((key) -> key.startsWith(owner)).toList();
				own.subList(0, Math.max(0, own.size() - MOST)).forEach(model::remove);
			}
		}
		CommittedTransaction transaction = transaction(this.clock.instant(), changes.toArray(Change[]::new));
		if (random.nextInt(5) == 0) {
			assertThatIllegalStateException().isThrownBy(() -> this.store.apply(transaction, FAILING));
		}
		this.store.apply(transaction, this.publish);
		this.clock.advance(Duration.ofMillis(random.nextInt(5000)));
		model.values().removeIf((told) -> !told.ends().isAfter(this.clock.instant()));
		progress();
	}

	private static List<String> lines(Map<String, Told> model) {
		return List.of("ann", "bob")
			.stream()
			.flatMap((owner) -> model.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().owner().equals(owner))
				.map((entry) -> entry.getKey() + ' ' + entry.getValue().value()))
			.toList();
	}

	private List<String> folded() {
		List<String> rows = new ArrayList<>();
		this.published.forEach((transaction) -> transaction.changes().forEach((change) -> {
			if (change instanceof Change.Insert insert) {
				rows.add(line(insert.row()));
			}
			else if (change instanceof Change.Update update) {
				assertThat(rows.remove(line(update.before()))).isTrue();
				rows.add(line(update.after()));
			}
			else {
				assertThat(rows.remove(line(((Change.Delete) change).before()))).isTrue();
			}
		}));
		return rows;
	}

	private void commit(Change... changes) {
		commit(this.clock.instant(), changes);
	}

	private void commit(Instant time, Change... changes) {
		this.store.apply(transaction(time, changes), this.publish);
	}

	private CommittedTransaction transaction(Instant time, Change... changes) {
		this.next++;
		return new CommittedTransaction(new Lsn(this.next), 1000 + this.next, time, List.of(changes));
	}

	private void progress() {
		this.next++;
		this.store.expire(new Lsn(this.next), this.publish);
		this.head = this.next;
	}

	private List<String> read(String... owners) {
		List<String> rows = new ArrayList<>();
		for (String owner : owners) {
			LivingRows moment = this.store.read(new Partition(NAME, owner));
			assertThat(moment).isNotNull();
			assertThat(moment.position().lsn()).isEqualTo(new Lsn(this.head));
			moment.rows().forEach((row) -> rows.add(line(row)));
		}
		return rows;
	}

	private List<String> changes() {
		return this.published.stream().flatMap((transaction) -> transaction.changes().stream()).map((change) -> {
			if (change instanceof Change.Insert insert) {
				return '+' + line(insert.row());
			}
			return (change instanceof Change.Update update) ? line(update.before()) + '>' + update.after().get(2)
					: '-' + line(((Change.Delete) change).before());
		}).toList();
	}

	private static String line(Row row) {
		return row.get(0) + " " + row.get(1) + ' ' + row.get(2);
	}

	private Change put(String owner, String name, int value) {
		return new Change.Message(NAME, new EventMessage(row(owner, name, value), false).content());
	}

	private Change remove(String owner, String name) {
		return new Change.Message(NAME, new EventMessage(row(owner, name, 0), true).content());
	}

	private Row row(String owner, String name, int value) {
		return new Row(this.table.rowType(), new Object[] { owner, name, (long) value });
	}

	record Signal(String owner, String name, int value) {
	}

	private record Told(String owner, int value, Instant ends) {
	}

}
