package io.kalam.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.kalam.codec.RowType;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Readers beside one appender, each answer compared with a plain list. What a journal may
 * answer is either exact or a refusal of a position before its low-water mark.
 */
public final class ChangeJournalModel {

	private static final int OWNERS = 6;

	private static final int READERS = 3;

	private final long seed;

	private final ChangeJournal journal;

	private final List<RoutedTransaction> history;

	private final AtomicLong served = new AtomicLong();

	private final AtomicLong refused = new AtomicLong();

	private volatile boolean appended;

	/**
	 * A run.
	 * @param seed what everything random comes from
	 * @param journal an empty journal that begins at zero
	 * @param length how many transactions there will be
	 */
	public ChangeJournalModel(long seed, ChangeJournal journal, int length) {
		this.seed = seed;
		this.journal = journal;
		this.history = TestTransactions.history(new Random(seed), length, OWNERS);
	}

	/**
	 * Appends everything while others read and compare.
	 * @throws Exception the first difference
	 */
	public void run() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(READERS + 1);
		try {
			List<Future<Void>> futures = new ArrayList<>();
			for (int i = 0; i < READERS; i++) {
				Random random = new Random(this.seed * 31 + i);
				futures.add(executor.submit(reader(random)));
			}
			futures.add(executor.submit(this::append));
			for (Future<Void> future : futures) {
				future.get(60, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
			assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	/**
	 * How many reads were answered.
	 */
	public long served() {
		return this.served.get();
	}

	/**
	 * How many reads were refused.
	 */
	public long refused() {
		return this.refused.get();
	}

	private Void append() {
		Random random = new Random(this.seed + 7);
		int next = 0;
		try {
			while (next < this.history.size()) {
				int from = Math.max(0, next - random.nextInt(3));
				next = Math.min(this.history.size(), next + 1 + random.nextInt(4));
				this.journal.append(this.history.subList(from, next));
				if (random.nextInt(4) == 0) {
					long head = this.history.get(next - 1).sequence().value();
					this.journal.advance(new Sequence(head - random.nextInt(3)));
				}
			}
		}
		finally {
			this.appended = true;
		}
		assertThat(this.journal.head()).isEqualTo(this.history.get(this.history.size() - 1).sequence());
		return null;
	}

	private Callable<Void> reader(Random random) {
		return () -> {
			boolean last = false;
			while (!last) {
				last = this.appended;
				for (int i = 0; i < 20; i++) {
					read(random);
				}
			}
			return null;
		};
	}

	private void read(Random random) {
		Sequence head = this.journal.head();
		Sequence low = this.journal.lowWater();
		long span = Math.max(1, head.value() - low.value());
		Sequence after = new Sequence(Math.min(head.value(), Math.max(0, low.value() - 2 + random.nextLong(span + 3))));
		Sequence upTo = new Sequence(after.value() + random.nextLong(head.value() - after.value() + 1));
		try {
			if (random.nextInt(5) == 0) {
				compareMarks(after, head);
			}
			else {
				comparePages(random, after, upTo);
			}
			this.served.incrementAndGet();
		}
		catch (JournalExpiredException ex) {
			this.refused.incrementAndGet();
		}
	}

	private void compareMarks(Sequence after, Sequence head) {
		List<TransactionMark> marks = this.journal.transactionsAfter(after);
		List<TransactionMark> expected = this.history.stream()
			.filter((transaction) -> !transaction.changes().isEmpty() && transaction.sequence().isAfter(after))
			.map((transaction) -> new TransactionMark(transaction.sequence(), transaction.xid()))
			.toList();
		assertThat(marks).as("seed %d", this.seed).isEqualTo(expected.subList(0, marks.size()));
		if (marks.size() < expected.size()) {
			assertThat(expected.get(marks.size()).sequence()).as("seed %d", this.seed).isGreaterThan(head);
		}
	}

	private void comparePages(Random random, Sequence after, Sequence upTo) {
		Partition partition = partition(random);
		long maxBytes = 1L << random.nextInt(16);
		List<String> found = new ArrayList<>();
		for (Sequence reached = after; reached.compareTo(upTo) < 0;) {
			try {
				JournalPage page = this.journal.read(partition, reached, upTo, maxBytes);
				assertThat(page.isPartial()).as("seed %d", this.seed).isFalse();
				assertThat(page.reached().sequence()).as("seed %d", this.seed).isGreaterThan(reached);
				page.transactions().forEach((transaction) -> found.add(describe(transaction, partition)));
				reached = page.reached().sequence();
			}
			catch (JournalExpiredException ex) {
				assertThat(this.journal.lowWater()).as("seed %d", this.seed).isGreaterThan(reached);
				throw ex;
			}
		}
		assertThat(found).as("seed %d", this.seed).isEqualTo(expected(partition, after, upTo));
	}

	private static Partition partition(Random random) {
		RowType type = random.nextBoolean() ? TestTransactions.TICKETS : TestTransactions.CHATS;
		return switch (random.nextInt(6)) {
			case 0, 1 -> Partition.all(type.name());
			case 2 -> Partition.unowned(type.name());
			default -> TestTransactions.partition(type, "owner " + random.nextInt(OWNERS));
		};
	}

	private List<String> expected(Partition partition, Sequence after, Sequence upTo) {
		return this.history.stream()
			.filter((transaction) -> transaction.sequence().isAfter(after) && !transaction.sequence().isAfter(upTo))
			.filter((transaction) -> transaction.changes().stream().anyMatch((change) -> change.concerns(partition)))
			.map((transaction) -> describe(transaction, partition))
			.toList();
	}

	private static String describe(RoutedTransaction transaction, Partition partition) {
		return TestTransactions.describe(transaction, partition);
	}

}
