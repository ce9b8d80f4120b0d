package io.kalam.journal.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.kalam.journal.ChangeJournal;
import io.kalam.journal.ChangeJournalContract;
import io.kalam.journal.JournalExpiredException;
import io.kalam.journal.TestTransactions;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MemoryJournalTests extends ChangeJournalContract {

	@Override
	protected ChangeJournal open(long maxBytes, Duration maxAge, Clock clock, Sequence position) {
		return new MemoryJournal(maxBytes, maxAge, clock, position);
	}

	@Override
	protected void makeDurable(ChangeJournal journal) {
	}

	@Override
	protected long smallBound() {
		return 60_000;
	}

	@Test
	void forgetsTheOldestBeyondItsSize() {
		MemoryJournal journal = journal(1L << 40);
		append(journal, 10, "ann");
		long each = journal.bytes();
		journal = journal(3 * each);
		append(journal, 10, "ann");
		append(journal, 20, "bob");
		append(journal, 30, "cat");
		assertThat(journal.lowWater()).isEqualTo(Sequence.ZERO);
		assertThat(journal.width()).isEqualTo(3);
		append(journal, 40, "dan");
		assertThat(journal.lowWater()).isEqualTo(new Sequence(10));
		assertThat(journal.width()).isEqualTo(3);
		assertThat(journal.bytes()).isEqualTo(3 * each);
		Sequence head = journal.head();
		Partition bob = TestTransactions.partition(TestTransactions.TICKETS, "bob");
		assertThat(journal.read(bob, new Sequence(10), head, 1).transactions()).hasSize(1);
		MemoryJournal full = journal;
		assertThatExceptionOfType(JournalExpiredException.class)
			.isThrownBy(() -> full.read(bob, new Sequence(9), head, 1));
	}

	@Test
	void forgetsAtOnceWhatIsLargerThanItself() {
		MemoryJournal journal = journal(2000);
		append(journal, 10, "ann");
		append(journal, 20, "x".repeat(3000));
		assertThat(journal.lowWater()).isEqualTo(new Sequence(20));
		assertThat(journal.head()).isEqualTo(new Sequence(20));
		assertThat(journal.bytes()).isZero();
		assertThat(journal.width()).isZero();
		append(journal, 30, "ann");
		assertThat(journal.transactionsAfter(new Sequence(20))).hasSize(1);
	}

	@Test
	void holdsNothingForPartitionsWithoutHistory() {
		MemoryJournal journal = journal(100_000);
		for (int i = 1; i <= 20_000; i++) {
			append(journal, i, "owner " + i);
			if (i % 50 == 0) {
				journal.append(List
					.of(TestTransactions.transaction(++i, TestTransactions.truncate(0, TestTransactions.TICKETS))));
			}
			assertThat(journal.bytes()).isLessThanOrEqualTo(100_000);
		}
		assertThat(journal.width()).isLessThanOrEqualTo(1 + journal.transactionsAfter(journal.lowWater()).size());
		append(journal, 30_000, "x".repeat(60_000));
		assertThat(journal.width()).isZero();
	}

	private MemoryJournal journal(long maxBytes) {
		return new MemoryJournal(maxBytes, AGE, this.clock, Sequence.ZERO);
	}

	private static void append(MemoryJournal journal, long sequence, String owner) {
		RoutedTransaction transaction = TestTransactions.transaction(sequence,
				TestTransactions.insert(0, TestTransactions.TICKETS, owner, "title"));
		journal.append(List.of(transaction));
	}

}
