package io.kalam.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.kalam.catalog.Lsn;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Generation;
import io.kalam.sequence.JournalIdentity;
import io.kalam.sequence.JournalPosition;
import io.kalam.sequence.Sequence;
import io.kalam.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What every journal has to do with its history as a whole, with large transactions and
 * with what has to go.
 */
public abstract class JournalHistoryContract {

	protected static final long UNBOUNDED = 1L << 40;

	protected static final Duration AGE = Duration.ofHours(1);

	protected static final Partition ANN = TestTransactions.partition(TestTransactions.TICKETS, "ann");

	protected static final Partition BOB = TestTransactions.partition(TestTransactions.TICKETS, "bob");

	protected final TestClock clock = new TestClock();

	protected ChangeJournal journal;

	/**
	 * Opens an empty journal.
	 */
	protected abstract ChangeJournal open(long maxBytes, Duration maxAge, Clock clock, Sequence position);

	/**
	 * Makes durable what was appended: after it {@link ChangeJournal#durable()} is the
	 * head.
	 */
	protected abstract void makeDurable(ChangeJournal journal);

	/**
	 * A bound in bytes that a history of a few thousand transactions exceeds many times.
	 */
	protected abstract long smallBound();

	@BeforeEach
	void openJournal() {
		this.journal = open(UNBOUNDED, AGE, this.clock, new Sequence(10));
	}

	@AfterEach
	void closeJournal() {
		this.journal.close();
	}

	@Test
	void remembersWhichHistoryItHolds() throws InterruptedException {
		assertThat(this.journal.position()).isNull();
		this.journal.identify(identity(0, 1));
		append(numbered(20));
		makeDurable(this.journal);
		assertThat(this.journal.position()).isEqualTo(new JournalPosition(identity(0, 1), new Lsn(20)));
		this.journal.identify(identity(0, 2));
		this.journal.advance(new Sequence(25));
		assertThat(this.journal.awaitDurable(new Sequence(25), Duration.ofSeconds(30))).isTrue();
		assertThat(this.journal.position()).isEqualTo(new JournalPosition(identity(0, 2), new Lsn(25)));
		assertThat(this.journal.awaitDurable(new Sequence(26), Duration.ZERO)).isFalse();
	}

	@Test
	void beginsAnew() {
		this.journal.identify(identity(0, 7));
		append(numbered(20), numbered(30));
		Sequence position = Sequence.of(new Generation(1), new Lsn(5));
		this.journal.restart(position, identity(1, 1));
		assertThat(this.journal.position()).isEqualTo(new JournalPosition(identity(1, 1), new Lsn(5)));
		assertThat(this.journal.head()).isEqualTo(position);
		assertThat(this.journal.durable()).isEqualTo(position);
		assertThat(this.journal.lowWater()).isEqualTo(position);
		assertThat(this.journal.read(ANN, position, position, UNBOUNDED).transactions()).isEmpty();
		assertThatExceptionOfType(JournalExpiredException.class)
			.isThrownBy(() -> this.journal.read(ANN, new Sequence(20), position, UNBOUNDED));
		this.journal.restart(new Sequence(7), identity(0, 1));
		append(numbered(20));
		assertThat(sequences(read(ANN, 7, 20))).containsExactly(20L);
	}

	@Test
	void showsAStagedTransactionAsAWholeOnceItIsCommitted() {
		StagedTransaction staged = this.journal.stage();
		staged.add(List.of(ticket(0, "ann", "a"), ticket(1, "bob", "b")));
		append(numbered(20));
		staged.add(List.of(ticket(2, "ann", "c"), TestTransactions.truncate(3, TestTransactions.TICKETS)));
		assertThat(this.journal.head()).isEqualTo(new Sequence(20));
		assertThat(sequences(read(ANN, 10, 20))).containsExactly(20L);
		staged.commit(new Sequence(30), 77, Instant.ofEpochSecond(5));
		staged.discard();
		append(numbered(40));
		assertThat(this.journal.head()).isEqualTo(new Sequence(40));
		RoutedTransaction whole = read(ANN, 20, 40).transactions().get(0);
		assertThat(whole.xid()).isEqualTo(77);
		assertThat(whole.commitTime()).isEqualTo(Instant.ofEpochSecond(5));
		assertThat(whole.changes()).extracting(RoutedChange::ordinal).containsExactly(0, 2, 3);
		assertThat(read(BOB, 20, 40).transactions().get(0).changes()).hasSize(2);
		assertThat(sequences(read(ANN, 10, 40))).containsExactly(20L, 30L, 40L);
		assertThat(sequences(read(BOB, 30, 40))).isEmpty();
		assertThat(this.journal.transactionsAfter(new Sequence(20)))
			.containsExactly(new TransactionMark(new Sequence(30), 77), new TransactionMark(new Sequence(40), 1040));
		makeDurable(this.journal);
		assertThat(sequences(read(ANN, 10, 40))).containsExactly(20L, 30L, 40L);
	}

	@Test
	void forgetsAStagedTransactionThatIsDiscardedOrRedelivered() {
		StagedTransaction discarded = this.journal.stage();
		discarded.add(List.of(ticket(0, "ann", "a")));
		discarded.discard();
		discarded.discard();
		append(numbered(20));
		StagedTransaction redelivered = this.journal.stage();
		redelivered.add(List.of(ticket(0, "ann", "a")));
		redelivered.commit(new Sequence(20), 1, Instant.EPOCH);
		StagedTransaction empty = this.journal.stage();
		empty.commit(new Sequence(30), 1, Instant.EPOCH);
		assertThat(this.journal.head()).isEqualTo(new Sequence(30));
		assertThat(sequences(read(ANN, 10, 30))).containsExactly(20L);
		assertThat(read(ANN, 10, 30).transactions().get(0).changes()).hasSize(1);
	}

	@Test
	void takesALargeTransactionApart() {
		StagedTransaction staged = this.journal.stage();
		for (int i = 0; i < 1000; i += 10) {
			staged.add(IntStream.range(i, i + 10)
				.mapToObj((ordinal) -> ticket(ordinal, (ordinal % 2 == 0) ? "ann" : "bob", "t" + ordinal))
				.toList());
		}
		append(numbered(20));
		staged.commit(new Sequence(30), 1, Instant.EPOCH);
		append(numbered(40));
		makeDurable(this.journal);
		List<RoutedTransaction> all = read(Partition.all(ANN.table()), 20, 40, 5000).transactions();
		assertThat(all.get(0).changes()).extracting(RoutedChange::ordinal)
			.containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
		long bytes = 20 * ticket(0, "ann", "title").size();
		List<RoutedTransaction> found = new ArrayList<>();
		JournalPlace place = JournalPlace.behind(new Sequence(10));
		int partial = 0;
		while (place.compareTo(JournalPlace.behind(new Sequence(40))) < 0) {
			JournalPage page = this.journal.read(ANN, place, new Sequence(40), bytes);
			assertThat(page.reached()).isGreaterThan(place);
			assertThat(page.transactions().stream().mapToLong(RoutedTransaction::size).sum())
				.isLessThanOrEqualTo(bytes + 200);
			found.addAll(page.transactions());
			partial += page.isPartial() ? 1 : 0;
			place = page.reached();
		}
		assertThat(partial).isGreaterThan(20);
		assertThat(found.stream().flatMap((transaction) -> transaction.changes().stream()))
			.extracting(RoutedChange::ordinal)
			.containsExactlyElementsOf(
					IntStream.concat(IntStream.of(0), IntStream.range(0, 501).map((i) -> (i < 500) ? 2 * i : 0))
						.boxed()
						.toList());
		assertThat(read(ANN, 10, 40, bytes).transactions()).extracting((each) -> each.sequence().value())
			.containsExactly(20L);
		JournalPage whole = read(ANN, 20, 40, bytes);
		assertThat(whole.isPartial()).isFalse();
		assertThat(whole.transactions().get(0).changes()).hasSize(500);
		assertThat(whole.reached()).isEqualTo(JournalPlace.behind(new Sequence(30)));
		assertThat(this.journal.read(ANN, new JournalPlace(new Sequence(30), 998), new Sequence(30), bytes))
			.isEqualTo(new JournalPage(List.of(), JournalPlace.behind(new Sequence(30))));
	}

	@Test
	void purgesPartitions() {
		append(numbered(20), TestTransactions.transaction(30, ticket(0, "bob", "b")));
		assertThat(sequences(read(ANN, 10, 30))).containsExactly(20L);
		this.journal.purge(List.of(ANN));
		assertThatExceptionOfType(JournalExpiredException.class).isThrownBy(() -> read(ANN, 29, 30));
		assertThat(sequences(read(ANN, 30, 30))).isEmpty();
		assertThat(sequences(read(BOB, 10, 30))).containsExactly(30L);
		assertThatExceptionOfType(JournalExpiredException.class)
			.isThrownBy(() -> read(Partition.all(ANN.table()), 29, 30));
		assertThat(sequences(read(Partition.all(ANN.table()), 30, 30))).isEmpty();
		assertThat(read(TestTransactions.partition(TestTransactions.CHATS, "bob"), 10, 30).transactions()).isEmpty();
		append(numbered(40));
		assertThat(sequences(read(ANN, 30, 40))).containsExactly(40L);
		assertThatExceptionOfType(JournalExpiredException.class).isThrownBy(() -> read(ANN, 10, 40));
		assertThat(this.journal.transactionsAfter(new Sequence(10))).hasSize(3);
		this.clock.advance(AGE.plusMinutes(10));
		append(TestTransactions.transaction(50, ticket(0, "ann", "later")));
		makeDurable(this.journal);
		assertThat(this.journal.lowWater()).isEqualTo(new Sequence(40));
		assertThat(sequences(read(ANN, 40, 50))).containsExactly(50L);
	}

	@Test
	void tellsHowItIs() {
		assertThat(this.journal.status().oldest()).isNull();
		append(numbered(20), numbered(30));
		makeDurable(this.journal);
		JournalStatus status = this.journal.status();
		assertThat(status.bytes()).isPositive();
		assertThat(status.trouble()).isNull();
		assertThat(status.oldest()).isBeforeOrEqualTo(this.clock.instant());
		assertThat(status.lowWater()).isEqualTo(new Sequence(10));
		assertThat(status.head()).isEqualTo(new Sequence(30));
		assertThat(status.durable()).isEqualTo(new Sequence(30));
		this.journal.close();
		assertThatIllegalStateException().isThrownBy(() -> this.journal.status());
	}

	protected static JournalIdentity identity(int generation, long heartbeat) {
		return new JournalIdentity(new Generation(generation), new UUID(1, generation), heartbeat, 1, 7, 5);
	}

	protected static RoutedChange ticket(int ordinal, String owner, String title) {
		return TestTransactions.insert(ordinal, TestTransactions.TICKETS, owner, title);
	}

	protected static RoutedTransaction numbered(long sequence) {
		return TestTransactions.transaction(sequence, ticket(0, "ann", "title"));
	}

	protected void append(RoutedTransaction... transactions) {
		this.journal.append(List.of(transactions));
	}

	protected JournalPage read(Partition partition, long after, long upTo) {
		return read(partition, after, upTo, UNBOUNDED);
	}

	protected JournalPage read(Partition partition, long after, long upTo, long maxBytes) {
		return this.journal.read(partition, new Sequence(after), new Sequence(upTo), maxBytes);
	}

	protected static List<Long> sequences(JournalPage page) {
		return page.transactions().stream().map((transaction) -> transaction.sequence().value()).toList();
	}

	protected static List<String> described(JournalPage page, Partition reader) {
		return page.transactions()
			.stream()
			.map((transaction) -> TestTransactions.describe(transaction, reader))
			.toList();
	}

}
