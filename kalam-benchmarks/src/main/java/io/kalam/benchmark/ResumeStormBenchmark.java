package io.kalam.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.rocksdb.RocksDBException;

import org.springframework.util.Assert;
import org.springframework.util.FileSystemUtils;

/**
 * Everybody resumes at once: sockets that have connected and authenticated subscribe with
 * a cursor in the same moment, each as a user of its own. Kalam's endpoint beside a bare
 * WebSocket over a bare RocksDB, each in a JVM of its own; the sockets share this one.
 * Beside both, what reading alone costs, one user after the other in one thread. Rounds
 * of all alternate; the first is not counted.
 */
public final class ResumeStormBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 3);
		DEFAULTS.put("clients", 10_000);
		DEFAULTS.put("each", 10);
		DEFAULTS.put("bytes", 100);
	}

	private static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"subscription\":{\"id\":\"items\",\"sql\":\""
			+ KalamHistory.QUERY + "\",\"options\":{\"from\":\"1\"}}}";

	private static final String BARE_READ = "bare RocksDB: ranges read, one thread";

	private static final String KALAM_READ = "Kalam: sessions without sockets, one thread";

	private static final String BARE = "bare WebSocket over bare RocksDB";

	private static final String KALAM = "Kalam";

	private final Options options;

	private final Path directory;

	private final MissedHistory history;

	private final List<Sample> samples = new ArrayList<>();

	private ResumeStormBenchmark(Options options, Path directory) {
		this.options = options;
		this.directory = directory;
		this.history = new MissedHistory(options.get("clients"), options.get("each"), 1, options.get("bytes"));
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		Options options = Options.of(DEFAULTS, arguments);
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "resume-storm");
		try {
			new ResumeStormBenchmark(options, directory).run();
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(0);
	}

	private void run() throws IOException, InterruptedException, RocksDBException {
		double load = Machine.load();
		try (BareHistory bareRead = bare("bare-read"); KalamHistory kalamRead = kalam("kalam-read")) {
			bare("bare").close();
			kalam("kalam").close();
			try (ServerProcess bare = new ServerProcess(BareResumeServer.class, this.directory.resolve("bare"));
					ServerProcess kalam = new ServerProcess(ResumeServer.class, this.directory.resolve("kalam"))) {
				for (int round = 0; round <= this.options.get("rounds"); round++) {
					List<Sample> all = List.of(read(BARE_READ, (user) -> count(bareRead, user)),
							read(KALAM_READ, (user) -> kalamRead.resume(user, 1)), storm(BARE, bare),
							storm(KALAM, kalam));
					this.samples.addAll((round > 0) ? all : List.of());
				}
			}
			Assert.state(kalamRead.queries() == 0, "Nobody asked a database");
		}
		report(load);
	}

	private BareHistory bare(String name) throws RocksDBException {
		BareHistory bare = BareHistory.open(this.directory.resolve(name));
		bare.fill(this.history);
		return bare;
	}

	private KalamHistory kalam(String name) throws InterruptedException {
		KalamHistory kalam = KalamHistory.open(this.directory.resolve(name));
		kalam.fill(this.history);
		return kalam;
	}

	private static int count(BareHistory bare, String user) throws RocksDBException {
		List<byte[]> values = new ArrayList<>();
		bare.read(user, 1, values::add);
		return values.size();
	}

	/**
	 * The first change of all is behind nobody's cursor.
	 */
	private Sample read(String name, Reader reader) throws RocksDBException {
		int clients = this.options.get("clients");
		long[] times = new long[clients];
		long changes = 0;
		long begin = System.nanoTime();
		for (int i = 0; i < clients; i++) {
			changes += reader.read(MissedHistory.user(i));
			times[i] = System.nanoTime() - begin;
		}
		checkChanges(changes);
		Distribution each = Distribution.of(times);
		return new Sample(name, each.max(), each.percentile(50), each.percentile(99), Double.NaN, Double.NaN);
	}

	private Sample storm(String name, ServerProcess server) throws IOException, InterruptedException {
		Memory before = server.memory();
		try (Crowd crowd = new Crowd(server.port(), this.options.get("clients"), false)) {
			Crowd.Going going = crowd.subscribe(List.of(SUBSCRIBE));
			checkChanges(going.transactions());
			Memory used = server.memory().minus(before);
			Distribution each = going.times();
			return new Sample(name, each.max(), each.percentile(50), each.percentile(99), used.heap(), used.direct());
		}
	}

	private void checkChanges(long changes) {
		long missed = (long) this.options.get("clients") * this.options.get("each") - 1;
		Assert.state(changes == missed, () -> changes + " changes were read instead of " + missed);
	}

	private void report(double load) throws IOException {
		Report report = new Report();
		report.text(Machine.of("not used").toString());
		report.text("");
		report.text(Report.number("Load average: %.2f before the first round", load)
				+ Report.number(", %.2f at the end. ", Machine.load()) + "Options: " + this.options
				+ ". Medians over the rounds; there is no Postgres.");
		report.table(List.of(this.options.get("clients") + " users resume at once", "s until all are live", "users/s",
				"changes/s", "ratio", "p50 of a user, ms", "p99, ms", "heap of the server, KiB a user",
				"outside the heap, KiB a user"));
		row(report, BARE_READ, BARE_READ);
		row(report, KALAM_READ, BARE_READ);
		row(report, BARE, BARE);
		row(report, KALAM, BARE);
		report.publish("resume-storm", this.samples);
	}

	private void row(Report report, String name, String base) {
		double clients = this.options.get("clients");
		double seconds = value(name, Sample::millis) / 1000;
		report.row(List.of(name, Report.number("%.2f", seconds), Report.number("%,.0f", clients / seconds),
				Report.number("%,.0f", clients * this.options.get("each") / seconds),
				Report.number("%.2f", value(base, Sample::millis) / 1000 / seconds),
				Report.number("%.0f", value(name, Sample::p50)), Report.number("%.0f", value(name, Sample::p99)),
				memory(value(name, Sample::heap) / clients), memory(value(name, Sample::direct) / clients)));
		report.figure(Figure.of("ms until all are live", name, values(name, Sample::millis)));
	}

	private static String memory(double bytes) {
		return Double.isNaN(bytes) ? "" : Report.number("%.1f", bytes / 1024);
	}

	private double value(String name, ToDoubleFunction<Sample> figure) {
		return Distribution.median(values(name, figure));
	}

	private double[] values(String name, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples, (sample) -> sample.name().equals(name), figure);
	}

	/**
	 * Reads what a user has missed.
	 */
	@FunctionalInterface
	private interface Reader {

		int read(String user) throws RocksDBException;

	}

	/**
	 * One round: times in milliseconds since the begin, memory in bytes.
	 */
	private record Sample(String name, double millis, double p50, double p99, double heap, double direct) {

	}

}
