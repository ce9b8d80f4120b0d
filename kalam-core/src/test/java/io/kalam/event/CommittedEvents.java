package io.kalam.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store of events, the commits that it is told of, and what it publishes.
 */
abstract class CommittedEvents {

	static final Duration TTL = Duration.ofSeconds(10);

	static final int MOST = 4;

	static final TableName NAME = new TableName("public", "signals");

	static final Consumer<CommittedTransaction> FAILING = (transaction) -> {
		throw new IllegalStateException("the disk is full");
	};

	final TestClock clock = new TestClock();

	final RealtimeTables tables = new RealtimeTables();

	final LiveTable table = TestStreams
		.table(TestStreams.define(Signal.class, NAME.name(), List.of("name"), "owner", TTL, MOST));

	final List<CommittedTransaction> published = new ArrayList<>();

	final Consumer<CommittedTransaction> publish = (transaction) -> {
		this.published.add(transaction);
		this.head = transaction.commit().value();
	};

	final EventStore store = new EventStore(this.tables, this.clock,
			() -> Sequence.of(new Generation(0), new Lsn(this.head)));

	long head = 10;

	long next = 10;

	@BeforeEach
	void replace() {
		this.tables.replace(List.of(this.table));
	}

	void commit(Change... changes) {
		commit(this.clock.instant(), changes);
	}

	void commit(Instant time, Change... changes) {
		this.store.apply(transaction(time, changes), this.publish);
	}

	CommittedTransaction transaction(Instant time, Change... changes) {
		this.next++;
		return new CommittedTransaction(new Lsn(this.next), 1000 + this.next, time, List.of(changes));
	}

	void progress() {
		this.next++;
		this.store.expire(new Lsn(this.next), this.publish);
		this.head = this.next;
	}

	List<String> read(String... owners) {
		List<String> rows = new ArrayList<>();
		for (String owner : owners) {
			LivingRows moment = this.store.read(new Partition(NAME, owner));
			assertThat(moment).isNotNull();
			assertThat(moment.position().lsn()).isEqualTo(new Lsn(this.head));
			moment.rows().forEach((row) -> rows.add(line(row)));
		}
		return rows;
	}

	List<String> changes() {
		return this.published.stream().flatMap((transaction) -> transaction.changes().stream()).map((change) -> {
			if (change instanceof Change.Insert insert) {
				return '+' + line(insert.row());
			}
			return (change instanceof Change.Update update) ? line(update.before()) + '>' + update.after().get(2)
					: '-' + line(((Change.Delete) change).before());
		}).toList();
	}

	static String line(Row row) {
		return row.get(0) + " " + row.get(1) + ' ' + row.get(2);
	}

	Change put(String owner, String name, int value) {
		return new Change.Message(NAME, EventMessage.put(row(owner, name, value)).content());
	}

	Change remove(String owner, String name) {
		return new Change.Message(NAME, EventMessage.remove(row(owner, name, 0)).content());
	}

	Change hold(String holder, String owner, String name, int value) {
		return new Change.Message(NAME, EventMessage.hold(List.of(row(owner, name, value)), holder).content());
	}

	Change release(String holder, String owner, String name) {
		return new Change.Message(NAME, EventMessage.release(List.of(row(owner, name, 0)), holder).content());
	}

	Row row(String owner, String name, int value) {
		return new Row(this.table.rowType(), new Object[] { owner, name, (long) value });
	}

	record Signal(String owner, String name, int value) {
	}

}
