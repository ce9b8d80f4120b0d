package io.kalam.capture.debezium;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import io.kalam.change.CommittedTransaction;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Stops the source in the middle of everything and takes up again where it was: nothing
 * is lost, nothing comes twice, everything is what it was. {@code -Dkalam.restarts=300}
 * does it more often, {@code -Dkalam.seed=…} the same again.
 */
class DebeziumRestartsIntegrationTests {

	private static final int WRITERS = 3;

	private static final int TRANSACTIONS = 60;

	private final int restarts = Integer.getInteger("kalam.restarts", 25);

	private final long seed = Long.getLong("kalam.seed", new Random().nextLong(1_000_000));

	private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

	private final AtomicReference<Lsn> acknowledged = new AtomicReference<>(Lsn.ZERO);

	private final AtomicInteger samples = new AtomicInteger();

	@Test
	void nothingIsLostAndNothingComesTwice() throws Exception {
		try (CaptureFixture fixture = new CaptureFixture("CREATE TABLE items (id int PRIMARY KEY, v text, n text)",
				"CREATE TABLE copies (writer int, id int, v text, PRIMARY KEY (writer, id))",
				"ALTER TABLE items REPLICA IDENTITY FULL", "ALTER TABLE copies REPLICA IDENTITY FULL")) {
			fixture.know("items", "copies");
			RestartLog log = new RestartLog(fixture.confirmed());
			this.acknowledged.set(log.position());
			Thread sampler = sampler(fixture);
			run(fixture, log);
			this.acknowledged.set(new Lsn(-1));
			sampler.join();
			System.out.printf(
					"seed %d: %d restarts, %d transactions, %d changes, %d redelivered, %d samples of the slot%n",
					this.seed, this.restarts, log.transactions(), log.changes(), log.redelivered(), this.samples.get());
			assertThat(log.transactions()).isGreaterThan(this.restarts);
		}
	}

	private void run(CaptureFixture fixture, RestartLog log) throws Exception {
		Random random = new Random(this.seed);
		Semaphore permits = new Semaphore(0);
		List<RandomWriter> writers = new ArrayList<>();
		for (int i = 0; i < WRITERS; i++) {
			writers.add(new RandomWriter(fixture.postgres, i, this.seed, permits));
		}
		writers.forEach(Thread::start);
		for (int i = 0; i < this.restarts; i++) {
			permits.release(TRANSACTIONS);
			once(fixture, log, random);
			check();
		}
		await().atMost(Recorder.PATIENCE)
			.until(() -> permits.availablePermits() == 0 || writers.stream().noneMatch(Thread::isAlive));
		for (RandomWriter writer : writers) {
			writer.finish();
		}
		last(fixture, log);
		check();
		assertThat(log.settle(log.position())).as("seed " + this.seed).isEqualTo(contents(fixture));
	}

	private void once(CaptureFixture fixture, RestartLog log, Random random) throws InterruptedException {
		Semaphore delivered = new Semaphore(0);
		AtomicBoolean over = new AtomicBoolean();
		DebeziumChangeSource source = fixture.source();
		CountDownLatch established = new CountDownLatch(1);
		log.settle(this.acknowledged.get());
		Lsn after = random.nextBoolean() ? log.position() : this.acknowledged.get();
		log.forget(after);
		source.start(after, new Recorder() {

			@Override
			public void onStreaming() {
				established.countDown();
			}

			@Override
			public void onTransaction(CommittedTransaction transaction) {
				guarded(() -> {
					assertThat(over.get()).as("delivered after the stop").isFalse();
					log.append(transaction);
					acknowledge(source, transaction.commit(), transaction.xid() % 10 == 0);
				});
				delivered.release();
			}

			@Override
			public void onProgress(Lsn position) {
				guarded(() -> log.progress(position));
			}

		});
		assertThat(established.await(20, TimeUnit.SECONDS)).isTrue();
		boolean enough = delivered.tryAcquire(1 + random.nextInt(TRANSACTIONS), random.nextInt(300),
				TimeUnit.MILLISECONDS);
		source.stop();
		over.set(true);
		assertThat(fixture.isActive()).as("slot active after %s", enough).isFalse();
	}

	private void acknowledge(DebeziumChangeSource source, Lsn commit, boolean now) {
		if (now) {
			this.acknowledged.set(commit);
			source.acknowledge(commit);
		}
	}

	private void last(CaptureFixture fixture, RestartLog log) {
		Recorder recorder = new Recorder() {

			@Override
			public void onTransaction(CommittedTransaction transaction) {
				guarded(() -> log.append(transaction));
			}

		};
		DebeziumChangeSource source = fixture.source();
		source.start(log.position(), recorder);
		recorder.awaitStreaming();
		Lsn end = Lsn.parse(fixture.query("SELECT pg_current_wal_insert_lsn()"));
		fixture.execute("SELECT pg_logical_emit_message(false, '" + CaptureFixture.MESSAGE_PREFIX + "', '')");
		await().atMost(Duration.ofMinutes(2)).until(() -> recorder.progress.get().compareTo(end) >= 0);
	}

	private void guarded(Runnable assertion) {
		try {
			assertion.run();
		}
		catch (AssertionError ex) {
			this.broken.compareAndSet(null, ex);
		}
	}

	private void check() {
		assertThat(this.broken.get()).as("seed " + this.seed).isNull();
	}

	private Thread sampler(CaptureFixture fixture) {
		Thread sampler = new Thread(() -> {
			while (this.acknowledged.get().value() != -1) {
				Lsn confirmed = fixture.confirmed();
				Lsn allowed = this.acknowledged.get();
				this.samples.incrementAndGet();
				guarded(() -> assertThat(confirmed).isLessThanOrEqualTo(allowed));
			}
		}, "sampler");
		sampler.start();
		return sampler;
	}

	private static Map<TableName, Map<String, String>> contents(CaptureFixture fixture) {
		Map<TableName, Map<String, String>> contents = new TreeMap<>();
		for (RowType type : fixture.types.values()) {
			contents.put(type.name(), fixture.rows(type));
		}
		return contents;
	}

}
