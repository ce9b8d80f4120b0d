package io.kalam.snapshot.r2dbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kalam.partition.LiveTable;
import io.kalam.query.SqlCondition;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotRequest;
import io.netty.util.ResourceLeakDetector;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotCancellationIntegrationTests {

	private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

	private final SnapshotDatabase database = new SnapshotDatabase();

	private R2dbcSnapshotReader reader;

	private LiveTable tickets;

	@TempDir
	private Path directory;

	@BeforeEach
	void openReader() {
		this.tickets = this.database.tickets();
		this.reader = this.database.reader(this.directory, 2, SnapshotDatabase.WAIT);
	}

	@AfterEach
	void lookForLeaksAsBefore() {
		ResourceLeakDetector.setLevel(this.level);
	}

	@AfterEach
	void closeReader() {
		this.reader.close();
	}

	@Test
	void aReadIsCancelledWithItsLastSubscriber() throws SQLException {
		try (Gate gate = new Gate(this.database)) {
			List<CompletableFuture<Snapshot>> futures = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				futures.add(this.reader.read(gated(1)).toFuture());
			}
			gate.await(1);
			futures.get(0).cancel(true);
			futures.get(2).cancel(true);
			assertThat(this.reader.open()).isEqualTo(1);
			assertThat(gate.waiting()).isEqualTo(1);
			futures.get(1).cancel(true);
			gate.await(0);
			Awaitility.await().atMost(SnapshotDatabase.WAIT).until(() -> this.database.sessions() == 0);
			assertThat(this.reader.open()).isZero();
			assertThat(this.reader.connections()).isZero();
			CompletableFuture<Snapshot> next = this.reader.read(gated(1)).toFuture();
			gate.open();
			assertThat(SnapshotDatabase.rows(next.orTimeout(60, TimeUnit.SECONDS).join())).hasSize(2000);
		}
	}

	@Test
	void cancellationLeavesNothingBehind() throws Exception {
		List<String> leaks = LeakReports.collect();
		long seed = 20261120;
		Random random = new Random(seed);
		List<Reader> readers = new ArrayList<>();
		for (int i = 0; i < 400; i++) {
			SqlCondition condition = (random.nextInt(4) == 0)
					? new SqlCondition("pg_sleep(0.001) IS NOT NULL AND ($1)::int8 > 0", List.of("1"))
					: new SqlCondition("($1)::int8 > 0", List.of(String.valueOf(1 + random.nextInt(3))));
			Reader one = new Reader();
			this.reader.read(SnapshotDatabase.request(this.tickets, "ann", condition, 0)).subscribe(one);
			if (i % 50 != 49) {
				Schedulers.parallel().schedule(one::cancel, 1000L << random.nextInt(9), TimeUnit.MICROSECONDS);
			}
			if (i % 50 == 0) {
				one.cancel();
			}
			readers.add(one);
			if (i % 8 == 7) {
				one.ended.get(60, TimeUnit.SECONDS);
			}
		}
		for (Reader one : readers) {
			one.ended.get(60, TimeUnit.SECONDS);
		}
		assertThat(Reader.ERRORS).as("seed %d", seed).isEmpty();
		Awaitility.await().atMost(SnapshotDatabase.WAIT).until(() -> this.reader.open() == 0);
		Awaitility.await()
			.atMost(SnapshotDatabase.WAIT)
			.until(() -> this.database
				.query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
						+ "AND application_name = 'kalam-snapshot' AND state <> 'idle'")
				.equals("0"));
		assertThat(this.database.sessions()).isLessThanOrEqualTo(2);
		assertThat(this.reader.connections()).isLessThanOrEqualTo(2);
		assertThat(this.database.locks("tickets")).isZero();
		assertThat(this.directory).isEmptyDirectory();
		assertThat(SnapshotDatabase
			.rows(this.reader.read(SnapshotDatabase.request(this.tickets, "ann")).block(SnapshotDatabase.WAIT)))
			.hasSize(2000);
		assertThat(Reader.COMPLETED.get()).as("seed %d", seed).isBetween(8, 392);
		LeakReports.provoke();
		assertThat(leaks).isEmpty();
	}

	@Test
	void whoCancelsAReadFromAFileDisturbsNobodyElse() throws SQLException {
		List<CompletableFuture<Snapshot>> futures = new ArrayList<>();
		try (Gate gate = new Gate(this.database)) {
			futures.add(this.reader.read(gated(1)).toFuture());
			futures.add(this.reader.read(gated(1)).toFuture());
			gate.await(1);
			gate.open();
		}
		Snapshot steady = futures.get(0).orTimeout(60, TimeUnit.SECONDS).join();
		Snapshot fickle = futures.get(1).orTimeout(60, TimeUnit.SECONDS).join();
		for (int i = 0; i < 500; i++) {
			Disposable reading = fickle.rows(0, 2000).subscribe();
			Schedulers.parallel().schedule(reading::dispose, i % 50 * 20, TimeUnit.MICROSECONDS);
			if (i % 10 == 0) {
				assertThat(steady.rows(1000, 100).block(SnapshotDatabase.WAIT)).hasSize(100);
			}
		}
		fickle.release();
		assertThat(SnapshotDatabase.rows(steady)).hasSize(2000);
	}

	private SnapshotRequest gated(int number) {
		return SnapshotDatabase.request(this.tickets, "ann", Gate.condition(number + 1), 0);
	}

	/**
	 * Releases what it gets, even if it has cancelled.
	 */
	private static final class Reader extends BaseSubscriber<Snapshot> {

		static final AtomicInteger COMPLETED = new AtomicInteger();

		static final List<Throwable> ERRORS = new CopyOnWriteArrayList<>();

		private final CompletableFuture<Void> ended = new CompletableFuture<>();

		@Override
		protected void hookOnNext(Snapshot snapshot) {
			COMPLETED.incrementAndGet();
			snapshot.release();
		}

		@Override
		protected void hookOnError(Throwable error) {
			ERRORS.add(error);
		}

		@Override
		protected void hookFinally(SignalType type) {
			this.ended.complete(null);
		}

	}

}
