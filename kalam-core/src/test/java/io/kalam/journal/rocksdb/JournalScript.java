package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import io.kalam.journal.StagedTransaction;
import io.kalam.journal.TestTransactions;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Generation;
import io.kalam.sequence.JournalIdentity;
import io.kalam.sequence.Sequence;

/**
 * A history of which each transaction can be told from its number, and a process that
 * appends it, until it is killed, and says what is durable.
 */
public final class JournalScript {

	static final int OWNERS = 5;

	static final int STEP = 10;

	private static final int LARGE = 40;

	private final long seed;

	JournalScript(long seed) {
		this.seed = seed;
	}

	static RocksJournalSettings settings(Path directory) {
		return new RocksJournalSettings(directory, Duration.ofHours(1), 3 << 20, Duration.ofMillis(2), 16 << 10,
				256 << 10, 4 << 20);
	}

	RoutedTransaction transaction(long number) {
		Random random = new Random(this.seed * 31 + number);
		int size = (number % LARGE == 0) ? 300 : 1 + random.nextInt(4);
		RoutedChange[] changes = IntStream.range(0, size)
			.mapToObj((i) -> TestTransactions.insert(i, TestTransactions.TICKETS, "owner " + random.nextInt(OWNERS),
					number + "." + i + "x".repeat(random.nextInt(200))))
			.toArray(RoutedChange[]::new);
		return TestTransactions.transaction(number * STEP, changes);
	}

	static JournalIdentity identity(long number) {
		return new JournalIdentity(new Generation(0), new UUID(1, 2), number, 1, 7, 5);
	}

	/**
	 * Appends a transaction, a large one in parts.
	 */
	void append(RocksJournal journal, long number) {
		RoutedTransaction transaction = transaction(number);
		journal.identify(identity(number));
		if (number % LARGE != 0) {
			journal.append(List.of(transaction));
			return;
		}
		StagedTransaction staged = journal.stage();
		for (int from = 0; from < transaction.changes().size(); from += 50) {
			staged.add(transaction.changes().subList(from, from + 50));
		}
		staged.commit(transaction.sequence(), transaction.xid(), transaction.commitTime());
	}

	/**
	 * Appends for ever.
	 * @param arguments directory and seed
	 */
	public static void main(String[] arguments) throws IOException {
		JournalScript script = new JournalScript(Long.parseLong(arguments[1]));
		RocksJournal journal = RocksJournal.open(settings(Path.of(arguments[0])), Clock.systemUTC());
		for (long number = journal.head().value() / STEP + 1;; number++) {
			script.append(journal, number);
			System.out.println(journal.durable().value());
			System.out.flush();
			if (System.in.available() > 0) {
				return;
			}
		}
	}

	static Sequence sequence(long number) {
		return new Sequence(number * STEP);
	}

}
