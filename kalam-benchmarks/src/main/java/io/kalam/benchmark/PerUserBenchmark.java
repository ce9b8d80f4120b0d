package io.kalam.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.springframework.util.FileSystemUtils;

/**
 * Changes each of which concerns another user: Kalam beside a plain replication stream
 * with a bare WebSocket that looks the owner's socket up in a map. Rows are committed one
 * by one at a steady pace, and many together.
 */
public final class PerUserBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 5);
		DEFAULTS.put("few", 1_000);
		DEFAULTS.put("many", 10_000);
		DEFAULTS.put("rate", 200);
		DEFAULTS.put("seconds", 5);
		DEFAULTS.put("together", 1_000);
		DEFAULTS.put("messages", 20_000);
		DEFAULTS.put("warmup", 60);
	}

	/** So that the compiler has in a minute what it has after five of the usual rate. */
	private static final int WARM_UP_RATE = 1_000;

	/** Brings the users into another order; a prime, so that each has their turn. */
	private static final long SHUFFLE = 7919;

	private static final long MIB = 1 << 20;

	private final Options options;

	private final List<Contender> contenders;

	private final List<Sample> samples = new ArrayList<>();

	private PerUserBenchmark(Options options, List<Contender> contenders) {
		this.options = options;
		this.contenders = contenders;
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		Options options = Options.of(DEFAULTS, arguments);
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "per-user");
		try (Contender bare = Contender.bareByOwner("items");
				Contender kalam = Contender.kalam(directory.resolve("journal"), "items")) {
			new PerUserBenchmark(options, List.of(bare, kalam)).run();
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(0);
	}

	/**
	 * The rounds with few sockets and one row a commit come first, so that the memory is
	 * that of a server which has never had more.
	 */
	private void run() throws Exception {
		double load = Machine.load();
		int few = this.options.get("few");
		WarmUp.with(this.contenders, (contender) -> gather(contender, few, (rows) -> steady(contender, rows, few,
				this.options.get("warmup") * WARM_UP_RATE / WarmUp.CROWDS, WARM_UP_RATE)));
		rounds(few, (contender, rows) -> steady(contender, rows, few));
		WarmUp.with(this.contenders, (contender) -> gather(contender, few, (rows) -> together(contender, rows, few)));
		rounds(few, (contender, rows) -> together(contender, rows, few));
		int many = this.options.get("many");
		rounds(many, (contender, rows) -> steady(contender, rows, many));
		rounds(many, (contender, rows) -> together(contender, rows, many));
		report(load);
	}

	private void rounds(int sockets, Round round) throws Exception {
		for (int number = 0; number < this.options.get("rounds"); number++) {
			for (Contender contender : this.contenders) {
				gather(contender, sockets, (rows) -> this.samples.add(round.run(contender, rows)));
			}
		}
	}

	private int[] sizes() {
		return new int[] { this.options.get("few"), this.options.get("many") };
	}

	private void gather(Contender contender, int sockets, Gathering gathering) throws Exception {
		OwnRows rows = new OwnRows((id) -> owner(id, sockets));
		contender.writer().writeFor((id) -> Spectators.user(owner(id, sockets)));
		try (Spectators spectators = new Spectators(contender.port(), sockets, rows)) {
			spectators.subscribe((number) -> List.of(Audience.subscribe("items")));
			contender.awaitRest();
			gathering.run(rows);
		}
	}

	private static int owner(long id, int users) {
		return (int) (id * SHUFFLE % users);
	}

	private Sample steady(Contender contender, OwnRows rows, int sockets) throws Exception {
		int rate = this.options.get("rate");
		return steady(contender, rows, sockets, this.options.get("seconds") * rate, rate);
	}

	private Sample steady(Contender contender, OwnRows rows, int sockets, int count, int rate) throws Exception {
		rows.expect(contender.writer().next(), count);
		Duration before = contender.cpu();
		long begin = System.nanoTime();
		Writer.Commits commits = contender.writer().commit(count, rate);
		long[] arrivals = rows.await();
		long elapsed = System.nanoTime() - begin;
		double cpu = contender.cpu().minus(before).toNanos();
		Distribution times = Distribution.of(since(commits.acknowledged(), arrivals));
		Distribution intended = Distribution.of(since(commits.intended(), arrivals));
		return new Sample(contender.name(), sockets, 1, 1e9 * count / elapsed, times.percentile(50),
				times.percentile(99), intended.percentile(99), cpu / 1000 / count, 100 * cpu / elapsed,
				(double) contender.server().resident() / MIB);
	}

	private Sample together(Contender contender, OwnRows rows, int sockets) throws Exception {
		int together = this.options.get("together");
		int commits = Math.max(1, this.options.get("messages") / together);
		long[] times = new long[commits * together];
		long busy = 0;
		Duration before = contender.cpu();
		for (int commit = 0; commit < commits; commit++) {
			rows.expect(contender.writer().next(), together);
			long acknowledged = contender.writer().commitTogether(together);
			long[] arrivals = rows.await();
			long last = 0;
			for (int i = 0; i < together; i++) {
				times[commit * together + i] = arrivals[i] - acknowledged;
				last = Math.max(last, arrivals[i] - acknowledged);
			}
			busy += last;
		}
		double cpu = contender.cpu().minus(before).toNanos();
		Distribution distribution = Distribution.of(times);
		return new Sample(contender.name(), sockets, together, 1e9 * times.length / busy, distribution.percentile(50),
				distribution.percentile(99), Double.NaN, cpu / 1000 / times.length, Double.NaN,
				(double) contender.server().resident() / MIB);
	}

	private static long[] since(long[] since, long[] arrivals) {
		long[] times = new long[since.length];
		for (int i = 0; i < times.length; i++) {
			times[i] = arrivals[i] - since[i];
		}
		return times;
	}

	private void report(double load) throws Exception {
		Report report = new Report();
		report.head(Machine.of(this.contenders.get(0).postgres()), load, this.options, "Medians over the rounds.");
		report.table(List.of("each row for another user", "sockets", "rows a commit", "messages/s", "p50, ms",
				"p99, ms", "p99 from intended, ms", "CPU, µs a message", "CPU, % of a core", "resident, MiB"));
		for (int sockets : sizes()) {
			for (int rows : new int[] { 1, this.options.get("together") }) {
				this.contenders.forEach((contender) -> report.row(row(contender.name(), sockets, rows)));
				report.row(ratios(sockets, rows));
			}
		}
		figures(report);
		aims(report);
		report.publish("per-user", this.samples);
	}

	private void figures(Report report) {
		int together = this.options.get("together");
		for (int sockets : sizes()) {
			for (Contender contender : this.contenders) {
				String name = contender.name();
				report.figure(Figure.of("p50, ms, one row a commit, " + sockets + " sockets", name,
						values(name, sockets, 1, Sample::p50)));
				report.figure(Figure.of("p99, ms, one row a commit, " + sockets + " sockets", name,
						values(name, sockets, 1, Sample::p99)));
				report.figure(Figure.of("messages/s, " + together + " rows a commit, " + sockets + " sockets", name,
						values(name, sockets, together, Sample::perSecond)));
			}
		}
	}

	private void aims(Report report) {
		int few = this.options.get("few");
		int many = this.options.get("many");
		String kalam = this.contenders.get(1).name();
		String commits = this.options.get("rate") + " commits/s for " + Report.count(few, "user");
		report.aim(Aim.atMost(commits + ": p50, ms", 1, value(kalam, few, 1, Sample::p50)));
		report.aim(Aim.atMost(commits + ": p99, ms", 5, value(kalam, few, 1, Sample::p99)));
		report.aim(Aim.atMost(commits + ": CPU, % of a core", 15, value(kalam, few, 1, Sample::busy)));
		report.aim(Aim.atMost(commits + ": resident, MiB", 400, value(kalam, few, 1, Sample::resident)));
		report.aim(Aim.atLeast("changes for " + Report.count(many, "user") + ", messages/s, to the bare server's", 0.8,
				ratio(many, this.options.get("together"), Sample::perSecond)));
	}

	private List<String> row(String name, int sockets, int rows) {
		return List.of(name, Integer.toString(sockets), Integer.toString(rows),
				Report.number("%.0f", value(name, sockets, rows, Sample::perSecond)),
				Report.number("%.2f", value(name, sockets, rows, Sample::p50)),
				Report.number("%.2f", value(name, sockets, rows, Sample::p99)),
				(rows == 1) ? Report.number("%.2f", value(name, sockets, rows, Sample::intendedP99)) : "",
				Report.number("%.1f", value(name, sockets, rows, Sample::cpu)),
				(rows == 1) ? Report.number("%.1f", value(name, sockets, rows, Sample::busy)) : "",
				Report.number("%.0f", value(name, sockets, rows, Sample::resident)));
	}

	private List<String> ratios(int sockets, int rows) {
		return List.of("ratio", Integer.toString(sockets), Integer.toString(rows),
				Report.number("%.2f", ratio(sockets, rows, Sample::perSecond)),
				Report.number("%.2f", ratio(sockets, rows, Sample::p50)),
				Report.number("%.2f", ratio(sockets, rows, Sample::p99)), "",
				Report.number("%.2f", ratio(sockets, rows, Sample::cpu)), "",
				Report.number("%.2f", ratio(sockets, rows, Sample::resident)));
	}

	private double ratio(int sockets, int rows, ToDoubleFunction<Sample> figure) {
		return value(this.contenders.get(1).name(), sockets, rows, figure)
				/ value(this.contenders.get(0).name(), sockets, rows, figure);
	}

	private double value(String name, int sockets, int rows, ToDoubleFunction<Sample> figure) {
		return Distribution.median(values(name, sockets, rows, figure));
	}

	private double[] values(String name, int sockets, int rows, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples,
				(sample) -> sample.name().equals(name) && sample.sockets() == sockets && sample.rows() == rows, figure);
	}

	/**
	 * What is done with some sockets that listen.
	 */
	private interface Gathering {

		void run(OwnRows rows) throws Exception;

	}

	/**
	 * What is timed.
	 */
	private interface Round {

		Sample run(Contender contender, OwnRows rows) throws Exception;

	}

	/**
	 * The figures of one round.
	 */
	private record Sample(String name, int sockets, int rows, double perSecond, double p50, double p99,
			double intendedP99, double cpu, double busy, double resident) {

	}

}
