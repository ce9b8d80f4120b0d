package io.kalam.event;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kalam.catalog.Lsn;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalHistoryContract;
import io.kalam.journal.JournalPlace;
import io.kalam.journal.StagedTransaction;
import io.kalam.journal.TestTransactions;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A journal whose chats are events, and whose tickets are rows.
 */
class EventJournalTests extends JournalHistoryContract {

	private static final Partition CHATS = TestTransactions.partition(TestTransactions.CHATS, "ann");

	private MemoryJournal ofTables;

	private EventStore store;

	@Override
	protected ChangeJournal open(long maxBytes, Duration maxAge, Clock clock, Sequence position) {
		RealtimeTables tables = new RealtimeTables();
		LiveTable stream = TestStreams
			.table(TestStreams.define(Chat.class, "chats", List.of("id"), "owner", Duration.ofSeconds(1), 1));
		tables.replace(List.of(stream));
		this.ofTables = new MemoryJournal(maxBytes, maxAge, clock, position);
		this.store = new EventStore(tables, clock, () -> position);
		return new EventJournal(this.ofTables, new MemoryJournal(maxBytes, maxAge, clock, position), this.store);
	}

	@Override
	protected void makeDurable(ChangeJournal journal) {
	}

	@Override
	protected long smallBound() {
		return 60_000;
	}

	@Test
	void keepsEventsOutOfTheJournalOfTheTables() {
		RoutedTransaction both = TestTransactions.transaction(20,
				TestTransactions.insert(0, TestTransactions.TICKETS, "ann", "a"),
				TestTransactions.insert(1, TestTransactions.CHATS, "ann", "b"));
		this.journal.append(List.of(both));
		this.journal.append(List
			.of(TestTransactions.transaction(30, TestTransactions.insert(0, TestTransactions.CHATS, "ann", "c"))));
		StagedTransaction staged = this.journal.stage();
		staged.add(both.changes());
		staged.commit(new Sequence(40), 7, both.commitTime());
		assertThat(ordinals(this.journal, CHATS)).containsExactly(1, 0, 1);
		assertThat(ordinals(this.ofTables, CHATS)).isEmpty();
		assertThat(ordinals(this.journal, ANN)).containsExactly(0, 0);
		assertThat(this.journal.head()).isEqualTo(new Sequence(40));
		this.journal.purge(List.of(CHATS));
		assertThat(this.journal.serves(CHATS, new Sequence(10))).isFalse();
		assertThat(this.journal.serves(ANN, new Sequence(10))).isTrue();
	}

	@Test
	void forgetsLivingEventsWithTheirHistory() {
		List<RoutedTransaction> published = new ArrayList<>();
		Change.Message told = new Change.Message(TestTransactions.CHATS.name(),
				"{\"put\":{\"id\":\"1\",\"owner\":\"ann\"}}".getBytes(StandardCharsets.UTF_8));
		this.store.apply(new CommittedTransaction(new Lsn(20), 1, this.clock.instant(), List.of(told)),
				(transaction) -> published.add(TestTransactions.transaction(20)));
		assertThat(this.store.read(CHATS).rows()).hasSize(1);
		this.journal.purge(List.of(TestTransactions.partition(TestTransactions.CHATS, "bob"), ANN));
		assertThat(this.store.read(CHATS).rows()).hasSize(1);
		this.journal.purge(List.of(CHATS));
		assertThat(this.store.read(CHATS).rows()).isEmpty();
		assertThat(this.store.untilDue()).isNotNull();
		this.clock.advance(Duration.ofSeconds(1));
		this.store.expire(new Lsn(30), (transaction) -> published.add(TestTransactions.transaction(30)));
		assertThat(published).hasSize(1);
	}

	@Test
	void reachesBackToWhereThisProcessBegan() {
		MemoryJournal continued = new MemoryJournal(UNBOUNDED, AGE, this.clock, new Sequence(10));
		continued.append(List
			.of(TestTransactions.transaction(20, TestTransactions.insert(0, TestTransactions.TICKETS, "ann", "a"))));
		RealtimeTables tables = new RealtimeTables();
		tables.replace(List.of(TestStreams
			.table(TestStreams.define(Chat.class, "chats", List.of("id"), "owner", Duration.ofSeconds(1), 1))));
		try (ChangeJournal opened = new EventJournal(continued,
				new MemoryJournal(UNBOUNDED, AGE, this.clock, Sequence.ZERO),
				new EventStore(tables, this.clock, continued::head))) {
			opened.identify(identity(0, 1));
			assertThat(opened.serves(CHATS, new Sequence(19))).isFalse();
			assertThat(opened.serves(CHATS, new Sequence(20))).isTrue();
			assertThat(opened.serves(ANN, new Sequence(10))).isTrue();
		}
	}

	private static List<Integer> ordinals(ChangeJournal journal, Partition partition) {
		return journal.read(partition, JournalPlace.behind(new Sequence(10)), journal.head(), UNBOUNDED)
			.transactions()
			.stream()
			.flatMap((transaction) -> transaction.changes().stream())
			.map((change) -> change.ordinal())
			.toList();
	}

	record Chat(String id, String owner, String title) {
	}

}
