package io.kalam.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.kalam.benchmark.Progress.Speed;

/**
 * How fast rows are read that were committed while nobody read: Kalam's capture beside a
 * plain replication stream, from the same slot with the same options, in the same JVM.
 * Rounds of all alternate; the first is not counted.
 */
public final class BacklogBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 3);
		DEFAULTS.put("small", 100_000);
		DEFAULTS.put("large", 20);
	}

	private static final int LARGE_ROWS = 10_000;

	private final Options options;

	private final List<Sample> samples = new ArrayList<>();

	private BacklogBenchmark(Options options) {
		this.options = options;
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		new BacklogBenchmark(Options.of(DEFAULTS, arguments)).run();
		System.exit(0);
	}

	private void run() throws SQLException, InterruptedException, IOException {
		double load = Machine.load();
		try (Backlog small = new Backlog(this.options.get("small"), 1);
				Backlog large = new Backlog(this.options.get("large"), LARGE_ROWS)) {
			for (int round = 0; round <= this.options.get("rounds"); round++) {
				for (Backlog backlog : List.of(small, large)) {
					for (BacklogReader reader : BacklogReader.values()) {
						read(round, backlog, reader);
					}
				}
			}
			report(Machine.of(small.database().version()), load);
		}
	}

	private void read(int round, Backlog backlog, BacklogReader reader)
			throws SQLException, InterruptedException, IOException {
		Speed speed = reader.read(backlog);
		if (round > 0) {
			this.samples.add(new Sample(reader.title(), backlog.rows(), speed.rowsPerSecond(), speed.cpuMicros(),
					speed.allocated()));
		}
	}

	private void report(Machine machine, double load) throws IOException {
		Report report = new Report();
		report.head(machine, load, this.options, "Medians over the rounds; ratio to the plain stream.");
		report.table(List.of("backlog drained", "rows in a transaction", "rows/s", "ratio", "CPU, µs a row",
				"allocated, bytes a row"));
		for (int rows : new int[] { 1, LARGE_ROWS }) {
			for (BacklogReader reader : BacklogReader.values()) {
				double rate = median(reader, rows, Sample::rowsPerSecond);
				double ratio = rate / median(BacklogReader.PLAIN, rows, Sample::rowsPerSecond);
				report.row(List.of(reader.title(), Integer.toString(rows), Report.number("%,.0f", rate),
						Report.number("%.2f", ratio), Report.number("%.1f", median(reader, rows, Sample::cpuMicros)),
						Report.number("%,.0f", median(reader, rows, Sample::allocated))));
				report.figure(Figure.of("rows/s, transactions of " + rows, reader.title(),
						values(reader, rows, Sample::rowsPerSecond)));
				report.figure(Figure.of("bytes allocated for a row, transactions of " + rows, reader.title(),
						values(reader, rows, Sample::allocated)));
				if (reader != BacklogReader.PLAIN) {
					report.aim(Aim.atLeast(
							reader.title() + ", " + Report.count(rows, "row")
									+ " a transaction, rows/s, to the plain stream",
							(reader == BacklogReader.CAPTURE) ? 0.95 : 0.6, ratio));
				}
			}
		}
		report.publish("backlog", new Results(machine, this.options.toString(), this.samples));
	}

	private double median(BacklogReader reader, int rows, ToDoubleFunction<Sample> figure) {
		return Distribution.median(values(reader, rows, figure));
	}

	private double[] values(BacklogReader reader, int rows, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples,
				(sample) -> sample.name().equals(reader.title()) && sample.transactionRows() == rows, figure);
	}

	/**
	 * One round of one reader.
	 */
	private record Sample(String name, int transactionRows, double rowsPerSecond, double cpuMicros, double allocated) {

	}

	/**
	 * All figures.
	 */
	private record Results(Machine machine, String options, List<Sample> samples) {

	}

}
