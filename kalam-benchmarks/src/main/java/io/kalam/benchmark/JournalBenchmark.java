package io.kalam.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import org.springframework.util.FileSystemUtils;

/**
 * How fast transactions of one row become durable: the journal beside a RocksDB that is
 * given a value of the same size for each, in synced batches of as many as the journal
 * has written at once. One thread appends as fast as it may. Rounds of both alternate;
 * the first is not counted.
 */
public final class JournalBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 3);
		DEFAULTS.put("transactions", 200_000);
		DEFAULTS.put("owners", 10_000);
		DEFAULTS.put("bytes", 250);
	}

	private static final String JOURNAL = "Kalam: RocksJournal";

	private static final String BARE = "bare RocksDB";

	private final Options options;

	private final List<Sample> samples = new ArrayList<>();

	private JournalBenchmark(Options options) {
		this.options = options;
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		new JournalBenchmark(Options.of(DEFAULTS, arguments)).run();
	}

	private void run() throws IOException, InterruptedException, RocksDBException {
		double load = Machine.load();
		for (int round = 0; round <= this.options.get("rounds"); round++) {
			Sample journal = measure(this::journal);
			Sample bare = measure((directory) -> bare(directory, (int) Math.max(1, journal.group())));
			if (round > 0) {
				this.samples.add(journal);
				this.samples.add(bare);
			}
		}
		report(load);
	}

	private static Sample measure(Contender contender) throws IOException, InterruptedException, RocksDBException {
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "journal");
		try {
			return contender.run(directory);
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private Sample journal(Path directory) throws InterruptedException {
		int number = this.options.get("transactions");
		try (RocksJournal journal = RocksJournal.open(RocksJournalSettings.defaults(directory), Clock.systemUTC())) {
			long syncs = journal.syncs();
			long start = System.nanoTime();
			for (int i = 1; i <= number; i++) {
				journal.append(List.of(transaction(i)));
			}
			if (!journal.awaitDurable(new Sequence(number), Duration.ofMinutes(1))) {
				throw new IllegalStateException("Not durable within a minute: " + journal.status().trouble());
			}
			return Sample.of(JOURNAL, number, journal.syncs() - syncs, System.nanoTime() - start);
		}
	}

	private RoutedTransaction transaction(int number) {
		String owner = "owner " + number % this.options.get("owners");
		Row row = Items.row(number, owner, "x".repeat(this.options.get("bytes")));
		return new RoutedTransaction(new Sequence(number), number, Instant.EPOCH,
				List.of(new RoutedChange(0, new Partition(Items.TYPE.name(), owner), new Change.Insert(row))));
	}

	private Sample bare(Path directory, int group) throws RocksDBException {
		int number = this.options.get("transactions");
		byte[] value = "x".repeat(this.options.get("bytes")).getBytes(StandardCharsets.US_ASCII);
		RocksDB.loadLibrary();
		try (org.rocksdb.Options opening = new org.rocksdb.Options().setCreateIfMissing(true);
				RocksDB db = RocksDB.open(opening, directory.toString());
				WriteOptions synced = new WriteOptions().setSync(true)) {
			long start = System.nanoTime();
			long syncs = 0;
			for (int i = 1; i <= number; syncs++) {
				try (WriteBatch batch = new WriteBatch()) {
					for (int j = 0; j < group && i <= number; j++) {
						batch.put(ByteBuffer.allocate(Long.BYTES).putLong(i++).array(), value);
					}
					db.write(synced, batch);
				}
			}
			return Sample.of(BARE, number, syncs, System.nanoTime() - start);
		}
	}

	private void report(double load) throws IOException {
		Report report = new Report();
		report.text(Machine.of("not used").toString());
		report.text("");
		report.text(Report.number("Load average: %.2f before the first round. ", load) + "Options: " + this.options
				+ ". Medians over the rounds.");
		report.table(List.of("made durable", "transactions/s", "ratio", "syncs/s", "transactions a sync"));
		for (String name : List.of(BARE, JOURNAL)) {
			report.row(List.of(name, Report.number("%,.0f", median(name, Sample::rate)),
					Report.number("%.2f", median(name, Sample::rate) / median(BARE, Sample::rate)),
					Report.number("%,.0f", median(name, Sample::syncRate)),
					Report.number("%,.0f", median(name, Sample::group))));
			report.figure(Figure.of("transactions/s", name, values(name, Sample::rate)));
		}
		report.publish("journal", this.samples);
	}

	private double median(String name, ToDoubleFunction<Sample> figure) {
		return Distribution.median(values(name, figure));
	}

	private double[] values(String name, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples, (sample) -> sample.name().equals(name), figure);
	}

	/**
	 * Makes transactions durable in an empty directory.
	 */
	@FunctionalInterface
	private interface Contender {

		Sample run(Path directory) throws InterruptedException, RocksDBException;

	}

	/**
	 * One round.
	 */
	private record Sample(String name, double rate, double syncRate, double group) {

		static Sample of(String name, long transactions, long syncs, long nanos) {
			return new Sample(name, transactions * 1e9 / nanos, syncs * 1e9 / nanos,
					(double) transactions / Math.max(1, syncs));
		}

	}

}
