package io.kalam.capture.debezium;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import io.kalam.catalog.PostgresSettings;
import io.kalam.change.CommittedTransaction;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How a source is started, kept alive and stopped.
 */
class DebeziumLifeIntegrationTests {

	private static final String[] TABLE = { "CREATE TABLE items (id int PRIMARY KEY, name text)",
			"ALTER TABLE items REPLICA IDENTITY FULL" };

	@Test
	void aStoppedSourceLeavesNothingBehind() {
		Set<Thread> before = threads();
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			Recorder recorder = fixture.start();
			fixture.execute("INSERT INTO items VALUES (1, 'a')");
			recorder.awaitTransaction();
			assertThat(threads()).extracting(Thread::getName)
				.contains("kalam-capture-" + fixture.slot, "kalam-stream-" + fixture.slot, "kalam-acknowledge");
			fixture.latest().stop();
			assertThat(fixture.isActive()).isFalse();
			fixture.latest().stop();
			fixture.execute("INSERT INTO items VALUES (2, 'b')");
			assertThat(recorder.failures).isEmpty();
			await().atMost(Recorder.PATIENCE).untilAsserted(() -> {
				Set<Thread> left = threads();
				left.removeAll(before);
				assertThat(left).extracting(Thread::getName)
					.noneMatch((name) -> name.startsWith("kalam-") || name.contains("debezium"));
			});
			assertThat(recorder.transactions).isEmpty();
		}
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces().keySet().stream().collect(Collectors.toSet());
	}

	@Test
	void theStreamWaitsForTheSocketAndNotByDebeziumsClock() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			fixture.start();
			await().during(Duration.ofMillis(300)).atMost(Recorder.PATIENCE).until(() -> {
				List<StackTraceElement> stack = Thread.getAllStackTraces()
					.entrySet()
					.stream()
					.filter((entry) -> entry.getKey().getName().equals("kalam-stream-" + fixture.slot))
					.flatMap((entry) -> Arrays.stream(entry.getValue()))
					.toList();
				return stack.stream()
					.anyMatch((frame) -> frame.getClassName().startsWith(WaitableSocket.class.getName()))
						&& stack.stream().anyMatch((frame) -> frame.getClassName().contains("PostgresStreaming"));
			});
		}
	}

	@Test
	void noTransactionIsLeftOpenInTheDatabase() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			Recorder recorder = fixture.start();
			fixture.execute("INSERT INTO items VALUES (1, 'a')", "ALTER TABLE items ADD x int",
					"INSERT INTO items VALUES (2, 'b')");
			recorder.awaitTransactions(2);
			await().during(Duration.ofSeconds(1))
				.atMost(Recorder.PATIENCE)
				.until(() -> "0".equals(fixture.query("SELECT count(*) FROM pg_stat_activity WHERE "
						+ "datname = current_database() AND pid <> pg_backend_pid() "
						+ "AND (xact_start IS NOT NULL AND backend_type = 'client backend' OR backend_xmin IS NOT NULL)")));
			assertThat(Integer.parseInt(fixture.query("SELECT count(*) FROM pg_stat_activity WHERE "
					+ "datname = current_database() AND pid <> pg_backend_pid()")))
				.isLessThanOrEqualTo(3);
		}
	}

	@Test
	void theHostMayBeAnIpv6Address() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			PostgresSettings p = fixture.postgres;
			PostgresSettings mapped = new PostgresSettings("::ffff:127.0.0.1", p.port(), p.database(), p.user(),
					p.password(), Map.of());
			fixture.know("items");
			Recorder recorder = new Recorder();
			fixture.source(fixture.settings(mapped, Map.of())).start(fixture.confirmed(), recorder);
			recorder.awaitStreaming();
		}
	}

	@Test
	void aSourceThatWasNotStartedCanBeStopped() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.source().stop();
		}
	}

	@Test
	void aSourceIsStoppedWhileItStarts() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			for (int i = 0; i < 12; i++) {
				Recorder recorder = new Recorder();
				DebeziumChangeSource source = fixture.source();
				source.start(fixture.confirmed(), recorder);
				int milliseconds = i * 25;
				await().pollDelay(Duration.ofMillis(milliseconds)).until(() -> true);
				assertThat(CompletableFuture.runAsync(source::stop)).succeedsWithin(Recorder.PATIENCE);
				assertThat(recorder.failures).isEmpty();
				assertThat(fixture.isActive()).isFalse();
			}
			fixture.start();
		}
	}

	@Test
	void aBlockedListenerEndsWhenTheSourceIsStopped() throws InterruptedException {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			CountDownLatch blocked = new CountDownLatch(1);
			AtomicBoolean interrupted = new AtomicBoolean();
			Recorder recorder = new Recorder() {

				@Override
				public void onTransaction(CommittedTransaction transaction) {
					super.onTransaction(transaction);
					blocked.countDown();
					try {
						new CountDownLatch(1).await();
					}
					catch (InterruptedException ex) {
						interrupted.set(true);
						Thread.currentThread().interrupt();
					}
				}

			};
			DebeziumChangeSource source = fixture.source();
			source.start(fixture.confirmed(), recorder);
			recorder.awaitStreaming();
			for (int i = 0; i < 20; i++) {
				fixture.execute("INSERT INTO items SELECT i, repeat('x', 200) FROM generate_series(" + i * 1000 + ", "
						+ (i * 1000 + 999) + ") i");
			}
			assertThat(blocked.await(1, TimeUnit.MINUTES)).isTrue();
			assertThat(CompletableFuture.runAsync(source::stop)).succeedsWithin(Recorder.PATIENCE);
			assertThat(interrupted).isTrue();
			assertThat(recorder.transactions).hasSize(1);
			assertThat(recorder.failures).isEmpty();
			assertThat(fixture.isActive()).isFalse();
		}
	}

	@Test
	void aBlockedListenerDoesNotLoseTheConnection() throws Exception {
		try (EmbeddedPostgres server = TestPostgres.start(Map.of("wal_sender_timeout", "1s"));
				CaptureFixture fixture = new CaptureFixture(TestPostgres.settings(server, "postgres"), TABLE)) {
			fixture.know("items");
			CountDownLatch blocked = new CountDownLatch(1);
			CountDownLatch go = new CountDownLatch(1);
			Recorder recorder = new Recorder() {

				@Override
				public void onTransaction(CommittedTransaction transaction) {
					blocked.countDown();
					try {
						go.await();
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
					}
					super.onTransaction(transaction);
				}

			};
			fixture.source().start(fixture.confirmed(), recorder);
			recorder.awaitStreaming();
			String pid = fixture.query("SELECT active_pid FROM pg_replication_slots");
			for (int i = 0; i < 30; i++) {
				fixture.execute("INSERT INTO items SELECT i, repeat('x', 1000) FROM generate_series(" + i * 1000 + ", "
						+ (i * 1000 + 999) + ") i");
			}
			assertThat(blocked.await(1, TimeUnit.MINUTES)).isTrue();
			await().during(Duration.ofSeconds(5))
				.atMost(Recorder.PATIENCE)
				.until(() -> pid.equals(fixture.query("SELECT active_pid FROM pg_replication_slots")));
			go.countDown();
			recorder.awaitTransactions(30);
			assertThat(fixture.query("SELECT active_pid FROM pg_replication_slots")).isEqualTo(pid);
		}
	}

}
