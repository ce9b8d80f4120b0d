package io.kalam.capture.debezium;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.kalam.catalog.Lsn;
import io.kalam.change.CommittedTransaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A source that has nothing to do, and one that has much. How fast it is, the benchmarks
 * say.
 */
class DebeziumLoadIntegrationTests {

	private static final String TABLE = "CREATE TABLE items (id int PRIMARY KEY, a int, b bigint, c text, d timestamptz)";

	private static final int SECONDS = 3;

	/**
	 * A thread that looks every millisecond wakes up a thousand times a second. On a
	 * machine that is busy with other things none wakes up more often than on its own.
	 */
	@Test
	@EnabledOnOs(OS.LINUX)
	void anIdleSourceRests() throws InterruptedException {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			Recorder recorder = fixture.start();
			fixture.execute("INSERT INTO items VALUES (1)");
			recorder.awaitTransaction();
			long begin = wakeUps();
			assertThat(begin).isPositive();
			long time = System.nanoTime();
			assertThat(new CountDownLatch(1).await(SECONDS, TimeUnit.SECONDS)).isFalse();
			double seconds = (System.nanoTime() - time) / 1e9;
			assertThat((wakeUps() - begin) / seconds).as("wake-ups a second").isLessThan(100);
		}
	}

	/**
	 * One who is not woken looks once a second.
	 */
	@Test
	void theDelivererIsWokenBeforeTheStreamWaits() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			Recorder recorder = fixture.start();
			fixture.execute("INSERT INTO items VALUES (0)");
			recorder.awaitTransaction();
			long begin = System.nanoTime();
			for (int i = 1; i <= 20; i++) {
				fixture.execute("INSERT INTO items VALUES (" + i + ")");
				recorder.awaitTransaction();
			}
			assertThat((System.nanoTime() - begin) / 1e9).as("seconds").isLessThan(10);
		}
	}

	/**
	 * How often threads of a source have waited for something, as the system counts it.
	 */
	private static long wakeUps() {
		try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
			return threads.mapToLong(DebeziumLoadIntegrationTests::wakeUps).sum();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static long wakeUps(Path thread) {
		try {
			String name = Files.readString(thread.resolve("comm"));
			if (!name.startsWith("kalam-") && !name.startsWith("debezium")) {
				return 0;
			}
			return Files.readAllLines(thread.resolve("status"))
				.stream()
				.filter((line) -> line.startsWith("voluntary_ctxt_switches:"))
				.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
				.sum();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	@Test
	void aBacklogIsReadWholeAndInOrder() {
		int rows = Integer.getInteger("kalam.rows", 100_000);
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			for (int i = 0; i < rows; i += 10_000) {
				fixture.execute("INSERT INTO items SELECT " + i
						+ " + j, j, j, repeat('x', 60), now() FROM generate_series(0, 9999) j");
			}
			for (int i = 0; i < rows / 10; i += 500) {
				fixture.execute("DO $$ BEGIN FOR i IN " + i + ".." + (i + 499)
						+ " LOOP INSERT INTO items VALUES (-1 - i, i, i, repeat('x', 60), now()); COMMIT; END LOOP; END $$");
			}
			Recorder recorder = fixture.start();
			int large = rows / 10_000;
			List<CommittedTransaction> all = recorder.awaitTransactions(large + rows / 10);
			assertThat(all.subList(0, large)).allMatch((transaction) -> transaction.changes().size() == 10_000);
			assertThat(all.subList(large, all.size())).allMatch((transaction) -> transaction.changes().size() == 1);
			List<Lsn> commits = all.stream().map(CommittedTransaction::commit).toList();
			assertThat(commits).isSorted().doesNotHaveDuplicates();
		}
	}

}
