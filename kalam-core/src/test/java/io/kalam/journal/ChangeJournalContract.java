package io.kalam.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What every journal has to do. {@code -Dkalam.journal.transactions=…} is how long the
 * histories are that are read while they are written.
 */
public abstract class ChangeJournalContract extends JournalHistoryContract {

	private static final int LENGTH = Integer.getInteger("kalam.journal.transactions", 500);

	@Test
	void beginsEmptyAtItsPosition() {
		assertThat(this.journal.head()).isEqualTo(new Sequence(10));
		assertThat(this.journal.lowWater()).isEqualTo(new Sequence(10));
		assertThat(read(ANN, 10, 10)).isEqualTo(new JournalPage(List.of(), JournalPlace.behind(new Sequence(10))));
		assertThat(this.journal.transactionsAfter(new Sequence(10))).isEmpty();
		assertThatExceptionOfType(JournalExpiredException.class).isThrownBy(() -> read(ANN, 9, 10))
			.withMessageContaining("10");
		assertThatExceptionOfType(JournalExpiredException.class)
			.isThrownBy(() -> this.journal.transactionsAfter(new Sequence(9)));
	}

	@Test
	void givesEachPartitionItsOwn() {
		RoutedTransaction both = TestTransactions.transaction(20, ticket(0, "ann", "a"), ticket(1, "bob", "b"),
				ticket(2, "ann", "c"));
		RoutedTransaction bobs = TestTransactions.transaction(30, ticket(0, "bob", "d"));
		append(both, bobs);
		assertThat(described(read(ANN, 10, 30), ANN)).containsExactly(TestTransactions.describe(both, ANN));
		assertThat(read(ANN, 10, 30).transactions().get(0).changes()).hasSize(2);
		assertThat(described(read(BOB, 10, 30), BOB)).containsExactly(TestTransactions.describe(both, BOB),
				TestTransactions.describe(bobs, BOB));
		assertThat(read(TestTransactions.partition(TestTransactions.CHATS, "ann"), 10, 30).transactions()).isEmpty();
		assertThat(read(new Partition(TestTransactions.TICKETS.name(), "nobody"), 10, 30).transactions()).isEmpty();
		assertThat(read(Partition.shared(TestTransactions.TICKETS.name()), 10, 30).transactions()).isEmpty();
	}

	@Test
	void givesWhatConcernsTheTableToEachOfItsPartitionsInOrder() {
		append(TestTransactions.transaction(20, ticket(0, "ann", "a"),
				TestTransactions.truncate(1, TestTransactions.TICKETS), ticket(2, "ann", "b")));
		append(TestTransactions.transaction(30, TestTransactions.truncate(0, TestTransactions.TICKETS)));
		append(TestTransactions.transaction(40, ticket(0, "ann", "c")));
		List<RoutedTransaction> anns = read(ANN, 10, 40).transactions();
		assertThat(anns).extracting(RoutedTransaction::sequence)
			.containsExactly(new Sequence(20), new Sequence(30), new Sequence(40));
		assertThat(anns.get(0).changes()).extracting("ordinal").containsExactly(0, 1, 2);
		assertThat(read(BOB, 10, 40).transactions()).hasSize(2);
		assertThat(read(BOB, 20, 40).transactions()).hasSize(1);
		assertThat(read(new Partition(TestTransactions.CHATS.name(), "bob"), 10, 40).transactions()).isEmpty();
	}

	@Test
	void givesAllPartitionsOfATableInOneOrder() {
		RoutedTransaction both = TestTransactions.transaction(20, ticket(0, "zoe", "a"), ticket(1, "ann", "b"),
				TestTransactions.truncate(2, TestTransactions.TICKETS), ticket(3, "mia", "c"), ticket(4, "ann", "d"),
				TestTransactions.insert(5, TestTransactions.CHATS, "ann", "e"));
		RoutedTransaction nobodys = TestTransactions.transaction(30, new RoutedChange(0, Partition.unowned(ANN.table()),
				new Change.Insert(TestTransactions.row(TestTransactions.TICKETS, null, "f"))));
		append(both, nobodys);
		Partition all = Partition.all(ANN.table());
		assertThat(described(read(all, 10, 30), all)).containsExactly(TestTransactions.describe(both, all),
				TestTransactions.describe(nobodys, all));
		assertThat(read(all, 10, 30).transactions().get(0).changes()).extracting("ordinal")
			.containsExactly(0, 1, 2, 3, 4);
		assertThat(read(ANN, 20, 30).transactions()).isEmpty();
	}

	@Test
	void givesAllPartitionsOfATableInPages() {
		List<JournalPlace> expected = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			RoutedChange[] changes = new RoutedChange[1 + i % 4 * 7];
			for (int ordinal = 0; ordinal < changes.length; ordinal++) {
				changes[ordinal] = ticket(ordinal, "owner " + (i * 31 + ordinal * 17) % 23, "title");
				expected.add(new JournalPlace(new Sequence(20 + i), ordinal));
			}
			append(TestTransactions.transaction(20 + i, changes));
			if (i % 13 == 0) {
				makeDurable(this.journal);
			}
		}
		for (long bytes : new long[] { 1, 700, 3000, UNBOUNDED }) {
			assertThat(places(bytes)).as("pages of %d bytes", bytes).isEqualTo(expected);
		}
	}

	private List<JournalPlace> places(long bytes) {
		List<JournalPlace> found = new ArrayList<>();
		JournalPlace place = JournalPlace.behind(new Sequence(10));
		while (place.compareTo(JournalPlace.behind(this.journal.head())) < 0) {
			JournalPage page = this.journal.read(Partition.all(ANN.table()), place, this.journal.head(), bytes);
			assertThat(page.reached()).isGreaterThan(place);
			page.transactions()
				.forEach((transaction) -> transaction.changes()
					.forEach((change) -> found.add(new JournalPlace(transaction.sequence(), change.ordinal()))));
			place = page.reached();
		}
		return found;
	}

	@Test
	void readsFromAfterToUpTo() {
		append(numbered(20), numbered(30), numbered(40), numbered(50));
		assertThat(sequences(read(ANN, 20, 40))).containsExactly(30L, 40L);
		assertThat(sequences(read(ANN, 19, 39))).containsExactly(20L, 30L);
		assertThat(read(ANN, 19, 39).reached()).isEqualTo(JournalPlace.behind(new Sequence(39)));
		assertThat(sequences(read(ANN, 50, 50))).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> read(ANN, 50, 51));
	}

	@Test
	void leavesOutRedeliveries() {
		append(numbered(20), numbered(30));
		append(numbered(20), numbered(30), numbered(40));
		append(numbered(40));
		assertThat(sequences(read(ANN, 10, 40))).containsExactly(20L, 30L, 40L);
		assertThat(this.journal.transactionsAfter(new Sequence(10))).hasSize(3);
		this.journal.advance(new Sequence(45));
		append(numbered(45));
		assertThat(sequences(read(ANN, 10, 45))).containsExactly(20L, 30L, 40L);
	}

	@Test
	void movesItsHead() {
		append(numbered(20));
		assertThat(this.journal.head()).isEqualTo(new Sequence(20));
		this.journal.advance(new Sequence(25));
		this.journal.advance(new Sequence(15));
		assertThat(this.journal.head()).isEqualTo(new Sequence(25));
		append(TestTransactions.transaction(30));
		assertThat(this.journal.head()).isEqualTo(new Sequence(30));
		assertThat(this.journal.lowWater()).isEqualTo(new Sequence(10));
		assertThat(this.journal.durable()).isLessThanOrEqualTo(this.journal.head());
		makeDurable(this.journal);
		assertThat(this.journal.durable()).isEqualTo(new Sequence(30));
	}

	@Test
	void listsTransactions() {
		append(numbered(20), TestTransactions.transaction(25), numbered(30),
				TestTransactions.transaction(40, TestTransactions.truncate(0, TestTransactions.CHATS)));
		assertThat(this.journal.transactionsAfter(new Sequence(20)))
			.containsExactly(new TransactionMark(new Sequence(30), 1030), new TransactionMark(new Sequence(40), 1040));
		assertThat(this.journal.transactionsAfter(new Sequence(40))).isEmpty();
	}

	@Test
	void readsPagesOfWholeTransactions() {
		append(numbered(20), numbered(30),
				TestTransactions.transaction(40, ticket(0, "ann", "x".repeat(5000)), ticket(1, "ann", "y")),
				numbered(50));
		long two = 2 * numbered(20).size();
		JournalPage page = read(ANN, 10, 50, two);
		assertThat(sequences(page)).containsExactly(20L, 30L);
		assertThat(page.reached()).isEqualTo(JournalPlace.behind(new Sequence(30)));
		page = read(ANN, 30, 50, two);
		assertThat(sequences(page)).containsExactly(40L);
		assertThat(page.transactions().get(0).changes()).hasSize(2);
		assertThat(page.reached()).isEqualTo(JournalPlace.behind(new Sequence(40)));
		page = read(ANN, 40, 50, two);
		assertThat(sequences(page)).containsExactly(50L);
		assertThat(page.reached()).isEqualTo(JournalPlace.behind(new Sequence(50)));
		assertThat(sequences(read(ANN, 10, 50, 0))).containsExactly(20L);
		assertThat(read(ANN, 40, 50, 0).reached()).isEqualTo(JournalPlace.behind(new Sequence(50)));
		assertThat(sequences(read(ANN, 10, 50, UNBOUNDED))).hasSize(4);
	}

	@Test
	void keepsNamesApart() {
		Partition odd = new Partition(new TableName("public", "tickets"), "ann\u0000b");
		append(TestTransactions.transaction(20, ticket(0, "ann", "a"), ticket(1, "ann\u0000b", "b"),
				ticket(2, "annb", "c"), ticket(3, "", "d"), ticket(4, "ann\uFFFF", "e")));
		assertThat(read(odd, 10, 20).transactions().get(0).changes()).hasSize(1);
		assertThat(read(ANN, 10, 20).transactions().get(0).changes()).hasSize(1);
		assertThat(read(new Partition(ANN.table(), ""), 10, 20).transactions().get(0).changes()).hasSize(1);
		assertThat(read(Partition.shared(ANN.table()), 10, 20).transactions()).isEmpty();
	}

	@Test
	void forgetsWhatIsTooOld() {
		append(numbered(20));
		this.clock.advance(Duration.ofMinutes(40));
		append(numbered(30));
		this.clock.advance(Duration.ofMinutes(30));
		this.journal.advance(new Sequence(35));
		makeDurable(this.journal);
		assertThat(this.journal.lowWater()).isEqualTo(new Sequence(20));
		assertThat(sequences(read(ANN, 20, 35))).containsExactly(30L);
		assertThatExceptionOfType(JournalExpiredException.class).isThrownBy(() -> read(ANN, 19, 35));
		assertThatExceptionOfType(JournalExpiredException.class)
			.isThrownBy(() -> this.journal.transactionsAfter(new Sequence(19)));
		this.clock.advance(Duration.ofHours(2));
		this.journal.advance(new Sequence(36));
		makeDurable(this.journal);
		assertThat(this.journal.lowWater()).isEqualTo(new Sequence(30));
		assertThat(this.journal.head()).isEqualTo(new Sequence(36));
		assertThat(sequences(read(ANN, 30, 36))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void isExactForReadersBesideTheAppender(long seed) throws Exception {
		try (ChangeJournal tested = open((seed % 2 == 0) ? UNBOUNDED : smallBound(), AGE, this.clock, Sequence.ZERO)) {
			ChangeJournalModel model = new ChangeJournalModel(seed, tested, LENGTH);
			model.run();
			assertThat(model.served()).isPositive();
			if (seed % 2 == 0) {
				assertThat(model.refused()).isZero();
			}
			else {
				makeDurable(tested);
				assertThat(tested.lowWater()).isGreaterThan(Sequence.ZERO);
			}
		}
	}

	@Test
	void servesNothingAfterClose() {
		append(numbered(20));
		this.journal.close();
		this.journal.close();
		assertThatIllegalStateException().isThrownBy(() -> read(ANN, 10, 20));
		assertThatIllegalStateException().isThrownBy(() -> append(numbered(30)));
		assertThatIllegalStateException().isThrownBy(() -> this.journal.transactionsAfter(new Sequence(10)));
	}

}
