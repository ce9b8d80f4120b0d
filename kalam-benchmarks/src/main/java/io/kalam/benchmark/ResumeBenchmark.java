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
 * What it takes to resume one user among few and among many: the engine on the durable
 * journal beside a range scan of a bare RocksDB that holds the same changes under plain
 * keys. In each round each store is opened anew, so that the first resume finds nothing
 * in its cache; those that follow do. The code is warmed up with few users; then rounds
 * of all alternate.
 */
public final class ResumeBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 5);
		DEFAULTS.put("users", 1_000_000);
		DEFAULTS.put("few", 1_000);
		DEFAULTS.put("each", 3);
		DEFAULTS.put("missed", 1_000);
		DEFAULTS.put("bytes", 100);
		DEFAULTS.put("repeats", 20);
		DEFAULTS.put("warmup", 1_000);
	}

	private static final String BARE = "bare RocksDB: range scan";

	private static final String KALAM = "Kalam: subscribe with a cursor, to the mark";

	private final Options options;

	private final Path directory;

	private final List<Sample> samples = new ArrayList<>();

	private ResumeBenchmark(Options options, Path directory) {
		this.options = options;
		this.directory = directory;
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		Options options = Options.of(DEFAULTS, arguments);
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "resume");
		try {
			new ResumeBenchmark(options, directory).run();
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private void run() throws IOException, InterruptedException, RocksDBException {
		int[] sizes = { this.options.get("few"), this.options.get("users") };
		double load = Machine.load();
		for (int users : sizes) {
			fill(users);
		}
		for (int i = 0; i < 2; i++) {
			bare(sizes[0], this.options.get("warmup"));
			kalam(sizes[0], this.options.get("warmup"));
		}
		for (int round = 0; round < this.options.get("rounds"); round++) {
			for (int users : sizes) {
				this.samples.add(bare(users, this.options.get("repeats")));
				this.samples.add(kalam(users, this.options.get("repeats")));
			}
		}
		report(sizes, load);
	}

	private void fill(int users) throws InterruptedException, RocksDBException {
		MissedHistory history = new MissedHistory(users, this.options.get("each"), this.options.get("missed"),
				this.options.get("bytes"));
		try (BareHistory bare = BareHistory.open(this.directory.resolve("bare" + users))) {
			bare.fill(history);
		}
		try (KalamHistory kalam = KalamHistory.open(this.directory.resolve("kalam" + users))) {
			kalam.fill(history);
		}
	}

	private Sample bare(int users, int repeats) throws RocksDBException {
		try (BareHistory bare = BareHistory.open(this.directory.resolve("bare" + users))) {
			return sample(BARE, users, repeats, () -> scan(bare), () -> 0);
		}
	}

	private static int scan(BareHistory bare) throws RocksDBException {
		List<byte[]> values = new ArrayList<>();
		bare.read(MissedHistory.READER, 1, values::add);
		return values.size();
	}

	private Sample kalam(int users, int repeats) throws RocksDBException {
		try (KalamHistory kalam = KalamHistory.open(this.directory.resolve("kalam" + users))) {
			return sample(KALAM, users, repeats, () -> kalam.resume(MissedHistory.READER, 1), kalam::queries);
		}
	}

	private Sample sample(String name, int users, int repeats, Action resume, Action queries) throws RocksDBException {
		double read = BytesRead.ofThisThread();
		double cold = millis(resume);
		double bytes = BytesRead.ofThisThread() - read;
		double[] warm = new double[repeats];
		for (int i = 0; i < warm.length; i++) {
			warm[i] = millis(resume);
		}
		return new Sample(name, users, cold, Distribution.median(warm), bytes, queries.run());
	}

	private double millis(Action resume) throws RocksDBException {
		long begin = System.nanoTime();
		int changes = resume.run();
		double millis = (System.nanoTime() - begin) / 1e6;
		Assert.state(changes == this.options.get("missed"), () -> changes + " changes were read");
		return millis;
	}

	private void report(int[] sizes, double load) throws IOException {
		Report report = new Report();
		report.text(Machine.of("not used").toString());
		report.text("");
		report.text(Report.number("Load average: %.2f before the first round", load)
				+ Report.number(", %.2f at the end. ", Machine.load()) + "Options: " + this.options
				+ ". Medians over the rounds; ratio of the cold times.");
		report.table(List.of("one user resumes, " + this.options.get("missed") + " changes", "users", "ms, cache empty",
				"ratio", "ms, cache warm", "KiB read, cache empty", "Postgres queries"));
		for (int users : sizes) {
			for (String name : List.of(BARE, KALAM)) {
				report.row(List.of(name, Report.number("%,.0f", users), median(name, users, Sample::cold),
						ratio(name, users, BARE, users), median(name, users, Sample::warm),
						Report.number("%,.0f", value(name, users, Sample::bytes) / 1024),
						Report.number("%.0f", value(name, users, Sample::queries))));
				report
					.figure(Figure.of("ms, cache empty, " + users + " users", name, values(name, users, Sample::cold)));
			}
		}
		report.row(List.of("ratio of Kalam's: many users to few", "", "", ratio(KALAM, sizes[1], KALAM, sizes[0]), "",
				"", ""));
		report.aim(Aim.atMost(Report.count(this.options.get("missed"), "change") + " missed, "
				+ Report.count(sizes[1], "user") + ", cache empty: ms", 10, value(KALAM, sizes[1], Sample::cold)));
		report.publish("resume", this.samples);
	}

	private String median(String name, int users, ToDoubleFunction<Sample> figure) {
		return Report.number("%.2f", value(name, users, figure));
	}

	private String ratio(String name, int users, String base, int baseUsers) {
		return Report.number("%.2f", value(name, users, Sample::cold) / value(base, baseUsers, Sample::cold));
	}

	private double value(String name, int users, ToDoubleFunction<Sample> figure) {
		return Distribution.median(values(name, users, figure));
	}

	private double[] values(String name, int users, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples, (sample) -> sample.name().equals(name) && sample.users() == users, figure);
	}

	/**
	 * Counts something, or does something that can be counted.
	 */
	@FunctionalInterface
	private interface Action {

		int run() throws RocksDBException;

	}

	/**
	 * One round.
	 */
	private record Sample(String name, int users, double cold, double warm, double bytes, int queries) {

	}

}
