package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.kalam.journal.JournalInterruptedException;
import io.kalam.journal.TestTransactions;
import io.kalam.partition.Partition;
import io.kalam.sequence.Sequence;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk that is really full: a small one in memory. Skipped where nobody may mount one.
 */
class FullDiskTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Partition ANN = TestTransactions.partition(TestTransactions.TICKETS, "ann");

	@TempDir
	private Path mountPoint;

	private boolean mounted;

	@BeforeEach
	void mount() throws IOException, InterruptedException {
		this.mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", this.mountPoint.toString());
		Assumptions.assumeTrue(this.mounted, "mount -t tmpfs is not permitted");
	}

	@AfterEach
	void unmount() throws IOException, InterruptedException {
		if (this.mounted) {
			assertThat(run("umount", this.mountPoint.toString())).isTrue();
		}
	}

	@Test
	void losesNothingAndGoesOnWhenThereIsRoom() throws Exception {
		RocksJournalSettings settings = new RocksJournalSettings(this.mountPoint.resolve("journal"),
				Duration.ofHours(1), 4 << 20, Duration.ofMillis(2), 64 << 10, 128 << 10, 1 << 20);
		try (RocksJournal journal = RocksJournal.open(settings, Clock.systemUTC())) {
			append(journal, 1);
			assertThat(journal.awaitDurable(JournalScript.sequence(1), PATIENCE)).isTrue();
			Path ballast = fill();
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
		RocksJournalSettings settings = new RocksJournalSettings(this.mountPoint.resolve("journal"),
				Duration.ofHours(1), 4 << 20, Duration.ofMillis(2), 64 << 10, 128 << 10, 1 << 20);
		try (RocksJournal journal = RocksJournal.open(settings, Clock.systemUTC())) {
			Path ballast = fill();
			Thread appender = new Thread(() -> {
				try {
					appendAll(journal);
				}
				catch (JournalInterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
			appender.start();
			Awaitility.await().atMost(PATIENCE).until(() -> appender.getState() == Thread.State.WAITING);
			appender.interrupt();
			appender.join(PATIENCE.toMillis());
			assertThat(appender.isAlive()).isFalse();
			Files.delete(ballast);
		}
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

	private Path fill() throws IOException {
		Path ballast = this.mountPoint.resolve("ballast");
		try (var out = Files.newOutputStream(ballast)) {
			byte[] block = new byte[4096];
			while (true) {
				out.write(block);
			}
		}
		catch (IOException ex) {
			return ballast;
		}
	}

	private static boolean run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
	}

}
