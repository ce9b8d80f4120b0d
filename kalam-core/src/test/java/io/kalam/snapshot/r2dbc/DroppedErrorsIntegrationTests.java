package io.kalam.snapshot.r2dbc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.kalam.partition.LiveTable;
import io.kalam.query.SqlCondition;
import io.kalam.snapshot.DroppedErrors;
import io.kalam.snapshot.Snapshot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads fail, because their table is altered, at the moment at which they are cancelled:
 * no error goes to where Reactor writes a line at ERROR. {@code -Dkalam.seed=} repeats
 * what is chosen by chance, {@code -Dkalam.dropped.reads=} reads more often.
 */
class DroppedErrorsIntegrationTests {

	private final SnapshotDatabase database = new SnapshotDatabase();

	private final List<Throwable> dropped = new CopyOnWriteArrayList<>();

	private final AtomicInteger failed = new AtomicInteger();

	@TempDir
	private Path directory;

	@BeforeEach
	void listen() {
		Hooks.onErrorDropped(this.dropped::add);
	}

	@AfterEach
	void stopListening() {
		Hooks.resetOnErrorDropped();
	}

	@Test
	void areNoLinesAtError() throws Exception {
		long seed = Long.getLong("kalam.seed", new Random().nextInt(1_000_000));
		Random random = new Random(seed);
		LiveTable tickets = this.database.tickets();
		AtomicBoolean altering = new AtomicBoolean(true);
		CompletableFuture<Void> alterations = CompletableFuture.runAsync(() -> alter(altering));
		List<Reader> readers = new ArrayList<>();
		try (R2dbcSnapshotReader reader = this.database.reader(this.directory, 4, SnapshotDatabase.WAIT)) {
			int reads = Integer.getInteger("kalam.dropped.reads", 600);
			for (int i = 0; i < reads; i++) {
				SqlCondition condition = new SqlCondition("($1)::int8 > 0", List.of(String.valueOf(1 + i % 5)));
				Reader one = new Reader();
				readers.add(one);
				reader.read(SnapshotDatabase.request(tickets, "ann", condition, 0)).subscribe(one);
				if (i % 4 != 3) {
					Schedulers.parallel().schedule(one::cancel, 500L << random.nextInt(7), TimeUnit.MICROSECONDS);
				}
				if (i % 8 == 7) {
					one.ended.get(60, TimeUnit.SECONDS);
				}
			}
			for (Reader one : readers) {
				one.ended.get(60, TimeUnit.SECONDS);
			}
			altering.set(false);
			alterations.get(60, TimeUnit.SECONDS);
			Awaitility.await().atMost(SnapshotDatabase.WAIT).until(() -> reader.open() == 0);
		}
		assertThat(this.failed.get()).as("reads that failed before they were cancelled, seed %s", seed).isPositive();
		assertThat(this.dropped).as("seed %s", seed).isEmpty();
	}

	private void alter(AtomicBoolean altering) {
		while (altering.get()) {
			this.database.execute("ALTER TABLE tickets RENAME COLUMN title TO heading",
					"ALTER TABLE tickets RENAME COLUMN heading TO title", "SELECT pg_sleep(0.002)");
		}
	}

	/**
	 * Releases what it gets, even if it has cancelled.
	 */
	private final class Reader extends BaseSubscriber<Snapshot> {

		private final CompletableFuture<Void> ended = new CompletableFuture<>();

		@Override
		public Context currentContext() {
			return DroppedErrors.logged(Context.empty());
		}

		@Override
		protected void hookOnNext(Snapshot snapshot) {
			snapshot.release();
		}

		@Override
		protected void hookOnError(Throwable error) {
			DroppedErrorsIntegrationTests.this.failed.incrementAndGet();
		}

		@Override
		protected void hookFinally(SignalType type) {
			this.ended.complete(null);
		}

	}

}
