package io.kalam.journal.rocksdb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.kalam.journal.JournalInterruptedException;
import io.kalam.journal.TestTransactions;
import io.kalam.partition.Partition;
import io.kalam.sequence.Sequence;
import io.kalam.testing.SmallDisk;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk that is really full: a small one in memory. Skipped where nobody may mount one.
 */
class FullDiskTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Partition ANN = TestTransactions.partition(TestTransactions.TICKETS, "ann");

	@RegisterExtension
	private final SmallDisk disk = new SmallDisk();

	@Test
	void losesNothingAndGoesOnWhenThereIsRoom() throws Exception {
		RocksJournalSettings settings = settings();
		try (RocksJournal journal = RocksJournal.open(settings, Clock.systemUTC())) {
			append(journal, 1);
			assertThat(journal.awaitDurable(JournalScript.sequence(1), PATIENCE)).isTrue();
			Path ballast = this.disk.fill();
			Thread appender = new Thread(() -> appendAll(journal));
			appender.start();
			Awaitility.await().atMost(PATIENCE).until(() -> journal.status().trouble() != null);
			Awaitility.await().atMost(PATIENCE).until(() -> appender.getState() == Thread.State.WAITING);
			assertThat(journal.status().trouble()).contains("Make room");
			Sequence durable = journal.durable();
			Sequence head = journal.head();
			assertThat(head).isGreaterThan(durable);
			long numbers = head.value() / JournalScript.STEP;
			assertThat(journal.read(ANN, Sequence.ZERO, head, Long.MAX_VALUE).transactions()).hasSize((int) numbers);
			Files.delete(ballast);
			appender.join(PATIENCE.toMillis());
			assertThat(appender.isAlive()).isFalse();
			assertThat(journal.awaitDurable(JournalScript.sequence(400), PATIENCE)).isTrue();
			assertThat(journal.status().trouble()).isNull();
		}
		try (RocksJournal journal = RocksJournal.open(settings, Clock.systemUTC())) {
			assertThat(journal.head()).isEqualTo(JournalScript.sequence(400));
			long first = journal.lowWater().value() / JournalScript.STEP;
			assertThat(journal.read(ANN, journal.lowWater(), journal.head(), Long.MAX_VALUE).transactions())
				.hasSize((int) (400 - first));
		}
	}

	@Test
	void letsGoOfWhoWaitsForRoom() throws Exception {
		RocksJournalSettings settings = settings();
		try (RocksJournal journal = RocksJournal.open(settings, Clock.systemUTC())) {
			Path ballast = this.disk.fill();
			AtomicReference<Throwable> failure = new AtomicReference<>();
			AtomicBoolean interrupted = new AtomicBoolean();
			Thread appender = new Thread(() -> {
				try {
					appendAll(journal);
				}
				catch (RuntimeException ex) {
					interrupted.set(Thread.currentThread().isInterrupted());
					failure.set(ex);
				}
			});
			appender.start();
			Awaitility.await().atMost(PATIENCE).until(() -> appender.getState() == Thread.State.WAITING);
			appender.interrupt();
			appender.join(PATIENCE.toMillis());
			assertThat(appender.isAlive()).isFalse();
			assertThat(failure.get()).isInstanceOf(JournalInterruptedException.class);
			assertThat(interrupted).isTrue();
			Sequence head = journal.head();
			assertThat(head).isLessThan(JournalScript.sequence(400));
			Files.delete(ballast);
			assertThat(journal.awaitDurable(head, PATIENCE)).isTrue();
			assertThat(journal.read(ANN, Sequence.ZERO, head, Long.MAX_VALUE).transactions())
				.hasSize((int) (head.value() / JournalScript.STEP) - 1);
		}
	}

	private RocksJournalSettings settings() {
		return new RocksJournalSettings(this.disk.path().resolve("journal"), Duration.ofHours(1), 4 << 20,
				Duration.ofMillis(2), 64 << 10, 128 << 10, 1 << 20);
	}

	private static void appendAll(RocksJournal journal) {
		for (int number = 2; number <= 400; number++) {
			append(journal, number);
		}
	}

	private static void append(RocksJournal journal, long number) {
		byte[] title = new byte[2000];
		new Random(number).nextBytes(title);
		StringBuilder text = new StringBuilder();
		for (byte value : title) {
			text.append((char) ('A' + (value & 0x3F)));
		}
		journal.append(List.of(TestTransactions.transaction(number * JournalScript.STEP,
				TestTransactions.insert(0, TestTransactions.TICKETS, "ann", text.toString()))));
	}

}
