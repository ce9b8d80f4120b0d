package io.kalam.capture.debezium;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Holds only as long as what is read is waited for by our own means: with Debezium's own
 * waiting the half of all changes takes longer than what is asked for here.
 */
class DebeziumSpeedIntegrationTests {

	private static final int WARM_UP = Integer.getInteger("kalam.warmup", 300);

	private static final int MEASURED = 300;

	@Test
	void aCommitIsDeliveredAtOnceAndAnIdleSourceRests() throws Exception {
		try (CaptureFixture fixture = new CaptureFixture("CREATE TABLE items (id int PRIMARY KEY, name text)",
				"ALTER TABLE items REPLICA IDENTITY FULL")) {
			fixture.know("items");
			AtomicLongArray arrived = new AtomicLongArray(WARM_UP + MEASURED);
			Recorder recorder = new Recorder() {

				@Override
				public void onTransaction(CommittedTransaction transaction) {
					Change.Insert insert = (Change.Insert) transaction.changes().get(0);
					arrived.set(Integer.parseInt((String) insert.row().get(0)), System.nanoTime());
				}

			};
			fixture.source().start(fixture.confirmed(), recorder);
			recorder.awaitStreaming();
			long[] delays = new long[WARM_UP + MEASURED];
			try (Connection connection = fixture.postgres.connect();
					PreparedStatement insert = connection.prepareStatement("INSERT INTO items VALUES (?, 'name')")) {
				for (int i = 0; i < delays.length; i++) {
					int number = i;
					new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
					insert.setInt(1, i);
					insert.execute();
					long committed = System.nanoTime();
					await().pollDelay(Duration.ZERO)
						.pollInterval(Duration.ofMillis(1))
						.atMost(Recorder.PATIENCE)
						.until(() -> arrived.get(number) != 0);
					delays[i] = Math.max(0, arrived.get(i) - committed);
				}
			}
			long[] measured = Arrays.copyOfRange(delays, WARM_UP, delays.length);
			Arrays.sort(measured);
			double cpu = idle();
			System.out.printf("commit to delivery: p50 %.2f ms, p99 %.2f ms; idle: %.1f %% of a core%n",
					measured[MEASURED / 2] / 1e6, measured[MEASURED * 99 / 100] / 1e6, cpu);
			assertThat(measured[MEASURED / 2]).isLessThan(Duration.ofMillis(20).toNanos());
			assertThat(cpu).isLessThan(10);
		}
	}

	private static double idle() throws InterruptedException {
		com.sun.management.OperatingSystemMXBean system = (com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory
			.getOperatingSystemMXBean();
		new CountDownLatch(1).await(1, TimeUnit.SECONDS);
		long begin = system.getProcessCpuTime();
		long time = System.nanoTime();
		new CountDownLatch(1).await(Integer.getInteger("kalam.idle", 3), TimeUnit.SECONDS);
		return 100.0 * (system.getProcessCpuTime() - begin) / (System.nanoTime() - time);
	}

	@Test
	void aBacklogIsReadFast() throws Exception {
		int rows = Integer.getInteger("kalam.rows", 100_000);
		try (CaptureFixture fixture = new CaptureFixture(
				"CREATE TABLE items (id int PRIMARY KEY, a int, b bigint, c text, d timestamptz)",
				"ALTER TABLE items REPLICA IDENTITY FULL")) {
			fixture.know("items");
			for (int i = 0; i < rows; i += 10_000) {
				fixture.execute("INSERT INTO items SELECT " + i
						+ " + j, j, j, repeat('x', 60), now() FROM generate_series(0, 9999) j");
			}
			for (int i = 0; i < rows / 10; i += 500) {
				fixture.execute("DO $$ BEGIN FOR i IN " + i + ".." + (i + 499)
						+ " LOOP INSERT INTO items VALUES (-1 - i, i, i, repeat('x', 60), now()); COMMIT; END LOOP; END $$");
			}
			AtomicLong large = new AtomicLong();
			AtomicLong small = new AtomicLong();
			AtomicLong[] times = { new AtomicLong(), new AtomicLong(), new AtomicLong() };
			Recorder recorder = new Recorder() {

				@Override
				public void onTransaction(CommittedTransaction transaction) {
					if (transaction.changes().size() > 1) {
						times[0].compareAndSet(0, System.nanoTime());
						large.addAndGet(transaction.changes().size());
						times[1].set(System.nanoTime());
					}
					else {
						small.incrementAndGet();
						times[2].set(System.nanoTime());
					}
				}

			};
			fixture.source().start(fixture.confirmed(), recorder);
			await().atMost(Duration.ofSeconds(60)).until(() -> small.get() == rows / 10);
			System.out.printf("backlog: %.0f rows/s in transactions of 10000, %.0f in transactions of one%n",
					(large.get() - 10_000) / ((times[1].get() - times[0].get()) / 1e9),
					small.get() / ((times[2].get() - times[1].get()) / 1e9));
		}
	}

}
