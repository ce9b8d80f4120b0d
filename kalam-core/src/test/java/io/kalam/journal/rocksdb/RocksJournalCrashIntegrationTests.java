package io.kalam.journal.rocksdb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.kalam.journal.TestTransactions;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.JournalPosition;
import io.kalam.sequence.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that appends is killed at random moments; what it has left is looked at, and
 * the next one goes on. Takes 10 seconds, or as many kills as the system property
 * {@code kalam.journal.kills} says.
 */
class RocksJournalCrashIntegrationTests {

	private static final Duration BUDGET = Duration.ofSeconds(10);

	private final int kills = Integer.getInteger("kalam.journal.kills", 0);

	private final long seed = new Random().nextLong(1L << 40);

	private final JournalScript script = new JournalScript(this.seed);

	@TempDir
	private Path directory;

	@Test
	void holdsWhatItHasReportedWhenItIsKilled() throws Exception {
		Random random = new Random(this.seed);
		long start = System.nanoTime();
		int killed = 0;
		long head = 0;
		while ((this.kills > 0) ? killed < this.kills : (System.nanoTime() - start < BUDGET.toNanos() || killed < 2)) {
			long durable = runAndKill(random.nextInt(800));
			head = check(durable);
			killed++;
		}
		System.out.printf("Journal: %d kills, %d transactions, seed %d%n", killed, head, this.seed);
		assertThat(head).isPositive();
	}

	private long runAndKill(int lines) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				JournalScript.class.getName(), this.directory.toString(), Long.toString(this.seed))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		CompletableFuture<Long> reported = CompletableFuture.supplyAsync(() -> read(process, lines));
		try {
			return reported.get(60, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException("seed " + this.seed, ex);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private static long read(Process process, int lines) {
		long last = 0;
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			String line = output.readLine();
			for (int i = 0; line != null; i++) {
				last = Long.parseLong(line);
				if (i == lines) {
					process.destroyForcibly();
				}
				line = output.readLine();
			}
		}
		catch (IOException | NumberFormatException ex) {
			// the line in which it died
		}
		return last;
	}

	private long check(long reported) {
		try (RocksJournal journal = RocksJournal.open(JournalScript.settings(this.directory), Clock.systemUTC())) {
			Sequence head = journal.head();
			long last = head.value() / JournalScript.STEP;
			assertThat(head.value()).as("seed %d", this.seed).isGreaterThanOrEqualTo(reported);
			JournalPosition position = journal.position();
			if (last == 0) {
				return 0;
			}
			assertThat(position).isNotNull();
			assertThat(position.durable()).isEqualTo(head.lsn());
			assertThat(position.identity().heartbeat()).as("seed %d", this.seed).isBetween(last, last + 1);
			compare(journal, last);
			for (long number = Math.max(1, last - 5); number <= last; number++) {
				this.script.append(journal, number);
			}
			assertThat(journal.head()).isEqualTo(head);
			compare(journal, last);
			return last;
		}
	}

	private void compare(RocksJournal journal, long last) {
		long first = journal.lowWater().value() / JournalScript.STEP + 1;
		List<RoutedTransaction> expected = LongStream.rangeClosed(first, last)
			.mapToObj(this.script::transaction)
			.toList();
		assertThat(journal.transactionsAfter(journal.lowWater())).as("seed %d", this.seed)
			.isEqualTo(expected.stream()
				.map((transaction) -> new TransactionMark(transaction.sequence(), transaction.xid()))
				.toList());
		for (int owner = 0; owner < JournalScript.OWNERS; owner++) {
			Partition partition = TestTransactions.partition(TestTransactions.TICKETS, "owner " + owner);
			List<String> found = journal.read(partition, journal.lowWater(), journal.head(), Long.MAX_VALUE)
				.transactions()
				.stream()
				.map((transaction) -> TestTransactions.describe(transaction, partition))
				.toList();
			assertThat(found).as("seed %d", this.seed)
				.isEqualTo(expected.stream()
					.filter((transaction) -> transaction.changes()
						.stream()
						.anyMatch((change) -> change.concerns(partition)))
					.map((transaction) -> TestTransactions.describe(transaction, partition))
					.toList());
		}
	}

}
