package io.kalam.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.kalam.benchmark.Contender.Round;

import org.springframework.util.FileSystemUtils;

/**
 * From a commit to the frame that tells of it, and what a server costs to which nothing
 * happens: Kalam beside a plain replication stream with a bare WebSocket, and beside what
 * people do without either: LISTEN/NOTIFY, and polling. Each server has a JVM and a
 * Postgres of its own; writer and sockets share this JVM, and with it the clock. Rounds
 * of all alternate.
 */
public final class LatencyBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 5);
		DEFAULTS.put("seconds", 4);
		DEFAULTS.put("rate", 100);
		DEFAULTS.put("sockets", 100);
		DEFAULTS.put("rows", 100);
		DEFAULTS.put("together", 10);
		DEFAULTS.put("saturated", 4000);
		DEFAULTS.put("warmup", 40);
		DEFAULTS.put("idle", 20);
	}

	/** With one socket; with many it would be more than the sockets can take. */
	private static final int WARM_UP_RATE = 1_000;

	private static final int WARM_UP_RATE_OF_MANY = 300;

	private final Options options;

	private final List<Contender> contenders;

	private final List<Load> loads;

	private final List<Sample> samples = new ArrayList<>();

	private LatencyBenchmark(Options options, List<Contender> contenders) {
		this.options = options;
		this.contenders = contenders;
		int sockets = options.get("sockets");
		int rows = options.get("rows");
		this.loads = List.of(new Load(1, 1, options.get("rate")), new Load(sockets, 1, options.get("rate")),
				new Load(1, rows, options.get("together")), new Load(sockets, rows, options.get("together")),
				Load.saturated(1), Load.saturated(rows));
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		Options options = Options.of(DEFAULTS, arguments);
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "latency");
		try (Contender bare = Contender.bare("items");
				Contender kalam = Contender.kalam(directory.resolve("journal"), "items");
				Contender notified = Contender.notified();
				Contender polling = Contender.polling()) {
			new LatencyBenchmark(options, List.of(bare, kalam, notified, polling)).run();
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(0);
	}

	private void run() throws Exception {
		double loadBefore = Machine.load();
		for (Load load : this.loads) {
			for (Contender contender : contenders(load)) {
				warmUp(contender, load);
			}
		}
		for (int round = 0; round < this.options.get("rounds"); round++) {
			for (Load load : this.loads) {
				for (Contender contender : contenders(load)) {
					this.samples.add(sample(contender, load));
				}
			}
		}
		report(idle(), loadBefore);
	}

	/**
	 * What is done today instead is measured with single rows at a pace only.
	 */
	private List<Contender> contenders(Load load) {
		return isSteady(load) ? this.contenders : this.contenders.subList(0, 2);
	}

	private static boolean isSteady(Load load) {
		return load.rows() == 1 && !load.isSaturated();
	}

	private void warmUp(Contender contender, Load load) throws Exception {
		int seconds = this.options.get("warmup");
		if (load.isSaturated()) {
			contender.measure(load, commits(load) / 2);
		}
		else if (load.rows() == 1) {
			int rate = (load.sockets() == 1) ? WARM_UP_RATE : WARM_UP_RATE_OF_MANY;
			contender.measure(new Load(load.sockets(), 1, rate), rate * seconds / 2);
		}
		else {
			contender.measure(load, Math.max(1, load.perSecond() * seconds / 4));
		}
	}

	private int commits(Load load) {
		return load.isSaturated() ? Math.max(2, this.options.get("saturated") / (int) Math.sqrt(load.rows()))
				: load.perSecond() * this.options.get("seconds");
	}

	private Sample sample(Contender contender, Load load) throws Exception {
		Round round = contender.measure(load, commits(load));
		return new Sample(contender.name(), load, round.acknowledged().percentile(50),
				round.acknowledged().percentile(99), round.acknowledged().max(), round.intended().percentile(50),
				round.intended().percentile(99), round.intended().max(), round.perSecond(), round.cpu());
	}

	/**
	 * Lets all contenders rest at the same time, with one socket each.
	 * @return processor time in percent of a core, by name
	 */
	private Map<String, Double> idle() throws InterruptedException {
		List<Audience> audiences = new ArrayList<>();
		try {
			for (Contender contender : this.contenders) {
				audiences.add(contender.gather(1));
			}
			rest(2);
			long begin = System.nanoTime();
			List<Duration> before = this.contenders.stream().map(Contender::cpu).toList();
			rest(this.options.get("idle"));
			Map<String, Double> idle = new LinkedHashMap<>();
			for (int i = 0; i < this.contenders.size(); i++) {
				Duration used = this.contenders.get(i).cpu().minus(before.get(i));
				idle.put(this.contenders.get(i).name(), 100.0 * used.toNanos() / (System.nanoTime() - begin));
			}
			return idle;
		}
		finally {
			audiences.forEach(Audience::close);
		}
	}

	private static void rest(int seconds) throws InterruptedException {
		new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
	}

	private void report(Map<String, Double> idle, double loadBefore) throws Exception {
		Machine machine = Machine.of(this.contenders.get(0).postgres());
		Report report = new Report();
		report.text(machine.toString());
		report.text("");
		report.text(Report.number("Load average: %.2f before the first round", loadBefore)
				+ Report.number(", %.2f at the end. ", Machine.load()) + "Options: " + this.options
				+ ". Medians over the rounds (max: of all rounds), in ms.");
		report.table(List.of("commit to frame", "sockets", "rows a commit", "commits/s", "p50", "p99", "max",
				"p50 from intended", "p99 from intended", "max from intended", "CPU, % of a core"));
		for (Load load : this.loads) {
			List<Contender> measured = contenders(load);
			measured.forEach((contender) -> report.row(row(contender.name(), load)));
			report.row(ratios(load));
			for (Contender contender : measured) {
				String name = contender.name();
				report.figure(Figure.of("p50, ms; " + load, name, values(name, load, Sample::p50)));
				report.figure(Figure.of("p99, ms; " + load, name, values(name, load, Sample::p99)));
			}
		}
		report.table(List.of("idle, one socket", "CPU, % of a core"));
		idle.forEach((name, cpu) -> report.row(List.of(name, Report.number("%.2f", cpu))));
		aims(report, idle);
		report.publish("latency", new Results(machine, this.options.toString(), this.samples, idle));
	}

	private void aims(Report report, Map<String, Double> idle) {
		String kalam = this.contenders.get(1).name();
		for (Load load : this.loads.stream().filter(LatencyBenchmark::isSteady).toList()) {
			report.aim(Aim.atMost(load + ": p50, to the bare server's", 1.5, relation(load, Sample::p50)));
			report.aim(Aim.atMost(load + ": p99, to the bare server's", 2.5, relation(load, Sample::p99)));
		}
		report.aim(Aim.atMost("idle, one socket: CPU, % of a core", 2, idle.getOrDefault(kalam, Double.NaN)));
	}

	private List<String> row(String name, Load load) {
		return List.of(name, Integer.toString(load.sockets()), Integer.toString(load.rows()),
				(load.isSaturated() ? "saturated: " : "") + Report.number("%.0f", value(name, load, Sample::perSecond)),
				median(name, load, Sample::p50), median(name, load, Sample::p99), max(name, load, Sample::max),
				median(name, load, Sample::intendedP50), median(name, load, Sample::intendedP99),
				max(name, load, Sample::intendedMax), Report.number("%.1f", value(name, load, Sample::cpu)));
	}

	private List<String> ratios(Load load) {
		return List.of("ratio of Kalam to the plain stream", Integer.toString(load.sockets()),
				Integer.toString(load.rows()), ratio(load, Sample::perSecond), ratio(load, Sample::p50),
				ratio(load, Sample::p99), "", ratio(load, Sample::intendedP50), ratio(load, Sample::intendedP99), "",
				ratio(load, Sample::cpu));
	}

	private String median(String name, Load load, ToDoubleFunction<Sample> figure) {
		return Report.number("%.2f", value(name, load, figure));
	}

	private String max(String name, Load load, ToDoubleFunction<Sample> figure) {
		return Report.number("%.2f", Arrays.stream(values(name, load, figure)).max().orElse(Double.NaN));
	}

	private String ratio(Load load, ToDoubleFunction<Sample> figure) {
		return Report.number("%.2f", relation(load, figure));
	}

	private double relation(Load load, ToDoubleFunction<Sample> figure) {
		return value(this.contenders.get(1).name(), load, figure) / value(this.contenders.get(0).name(), load, figure);
	}

	private double value(String name, Load load, ToDoubleFunction<Sample> figure) {
		return Distribution.median(values(name, load, figure));
	}

	private double[] values(String name, Load load, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples, (sample) -> sample.name().equals(name) && sample.load().equals(load),
				figure);
	}

	/**
	 * The figures of one round, in milliseconds, commits a second and percent of a core.
	 */
	private record Sample(String name, Load load, double p50, double p99, double max, double intendedP50,
			double intendedP99, double intendedMax, double perSecond, double cpu) {

	}

	/**
	 * All figures.
	 */
	private record Results(Machine machine, String options, List<Sample> samples, Map<String, Double> idle) {

	}

}
