package io.kalam.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.kalam.benchmark.Progress.Speed;
import io.kalam.capture.CaptureException;
import io.kalam.capture.ChangeSource;
import io.kalam.capture.debezium.DebeziumChangeSource;
import io.kalam.catalog.Lsn;
import io.kalam.change.CommittedTransaction;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalInterruptedException;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.partition.ChangeRouter;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveHub;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

import org.springframework.util.Assert;
import org.springframework.util.FileSystemUtils;

/**
 * A way to read a backlog.
 */
enum BacklogReader {

	/** The plain stream; each row is parsed. */
	PLAIN("plain stream") {

		@Override
		Speed read(Backlog backlog) throws SQLException, InterruptedException {
			Progress progress = new Progress(backlog.transactions());
			Lsn begin = backlog.begin();
			try (PlainStream stream = new PlainStream(backlog.database().settings(),
					LogSequenceNumber.valueOf(begin.value()))) {
				Rows rows = new Rows(progress);
				while (!progress.isDone()) {
					stream.read(rows);
				}
			}
			return progress.await();
		}

	},

	/** Kalam's capture: whole transactions of typed rows. */
	CAPTURE("Kalam: capture") {

		@Override
		Speed read(Backlog backlog) throws InterruptedException {
			Progress progress = new Progress(backlog.transactions());
			return capture(backlog, progress, (transaction) -> {
			});
		}

	},

	/** Capture, and what the pipeline does with each transaction. */
	PIPELINE("Kalam: capture, route, journal in memory, hub") {

		@Override
		Speed read(Backlog backlog) throws InterruptedException {
			try (ChangeJournal journal = new MemoryJournal(JOURNAL_BYTES, Duration.ofHours(24), Clock.systemUTC(),
					Sequence.ZERO)) {
				return pipeline(backlog, journal);
			}
		}

	},

	/** The same with the journal on disk, until the last transaction has been synced. */
	DURABLE("Kalam: capture, route, durable journal, hub") {

		@Override
		Speed read(Backlog backlog) throws InterruptedException, IOException {
			Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "backlog");
			try (ChangeJournal journal = RocksJournal.open(RocksJournalSettings.defaults(directory),
					Clock.systemUTC())) {
				return pipeline(backlog, journal);
			}
			finally {
				FileSystemUtils.deleteRecursively(directory);
			}
		}

	};

	private static final long JOURNAL_BYTES = 64L << 20;

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final String title;

	BacklogReader(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	/**
	 * Reads a backlog once.
	 * @param backlog what to read
	 * @return how fast it was
	 * @throws SQLException if it can't be read
	 * @throws IOException if there is no place for a journal
	 * @throws InterruptedException if the thread was interrupted
	 */
	abstract Speed read(Backlog backlog) throws SQLException, IOException, InterruptedException;

	private static Speed pipeline(Backlog backlog, ChangeJournal journal) throws InterruptedException {
		Progress progress = new Progress(backlog.transactions());
		ChangeRouter router = new ChangeRouter(backlog.tables());
		LiveHub hub = new LiveHub();
		Generation generation = new Generation(0);
		hub.start(Sequence.ZERO);
		return capture(backlog, progress, (transaction) -> {
			RoutedTransaction routed = router.route(transaction, generation);
			journal.append(List.of(routed));
			hub.publish(routed);
			if (progress.lacksOne()) {
				awaitDurable(journal, routed.sequence());
			}
		});
	}

	private static void awaitDurable(ChangeJournal journal, Sequence sequence) {
		try {
			Assert.state(journal.awaitDurable(sequence, PATIENCE), "The last transaction was not made durable");
		}
		catch (InterruptedException ex) {
			throw new JournalInterruptedException(ex);
		}
	}

	private static Speed capture(Backlog backlog, Progress progress, Stage stage) throws InterruptedException {
		ChangeSource source = new DebeziumChangeSource(
				KalamServer.capture(backlog.database().settings(), backlog.tables()));
		source.start(backlog.begin(), new Transactions(progress, stage));
		try {
			return progress.await();
		}
		finally {
			source.stop();
		}
	}

	/**
	 * What is done with a transaction.
	 */
	@FunctionalInterface
	private interface Stage {

		void accept(CommittedTransaction transaction);

	}

	/**
	 * Counts what the plain stream reads.
	 */
	private static final class Rows implements RowSource.Listener {

		private final Progress progress;

		private int size;

		Rows(Progress progress) {
			this.progress = progress;
		}

		@Override
		public void onInsert(@Nullable String[] row) {
			this.size++;
		}

		@Override
		public void onCommit(LogSequenceNumber position) {
			if (this.size > 0) {
				this.progress.add(this.size);
			}
			this.size = 0;
		}

	}

	/**
	 * Counts what Kalam captures.
	 */
	private static final class Transactions implements ChangeSource.Listener {

		private final Progress progress;

		private final Stage stage;

		Transactions(Progress progress, Stage stage) {
			this.progress = progress;
			this.stage = stage;
		}

		@Override
		public void onTransaction(CommittedTransaction transaction) {
			this.stage.accept(transaction);
			if (!transaction.changes().isEmpty()) {
				this.progress.add(transaction.changes().size());
			}
		}

		@Override
		public ChangeSource.LargeTransaction onLargeTransaction() {
			throw new IllegalStateException("A transaction of the benchmark fits into memory");
		}

		@Override
		public void onProgress(Lsn position) {
		}

		@Override
		public void onStreaming() {
		}

		@Override
		public void onFailure(CaptureException failure) {
			throw failure;
		}

	}

}
