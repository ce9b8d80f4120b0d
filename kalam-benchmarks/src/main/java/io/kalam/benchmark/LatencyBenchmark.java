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
		DEFAULTS.put("warmup", 10);
		DEFAULTS.put("idle", 20);
	}

	private static final int WARM_UP_RATE = 300;

	private final Options options;

	private final List<Contender> contenders;

	private final List<Sample> samples = new ArrayList<>();

	private LatencyBenchmark(Options options, List<Contender> contenders) {
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
		for (Contender contender : this.contenders) {
			contender.measure(1, WARM_UP_RATE * this.options.get("warmup") / 2, WARM_UP_RATE);
			contender.measure(this.options.get("sockets"), WARM_UP_RATE * this.options.get("warmup") / 2, WARM_UP_RATE);
		}
		for (int round = 0; round < this.options.get("rounds"); round++) {
			for (int sockets : new int[] { 1, this.options.get("sockets") }) {
				for (Contender contender : this.contenders) {
					this.samples.add(sample(contender, sockets));
				}
			}
		}
		report(idle(), loadBefore);
	}

	private Sample sample(Contender contender, int sockets) throws Exception {
		int rate = this.options.get("rate");
		Round round = contender.measure(sockets, rate * this.options.get("seconds"), rate);
		return new Sample(contender.name(), sockets, round.acknowledged().percentile(50),
				round.acknowledged().percentile(99), round.acknowledged().max(), round.intended().percentile(50),
				round.intended().percentile(99), round.intended().max(), round.cpu());
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
		report.table(List.of("commit to frame", "sockets", "p50", "p99", "max", "p50 from intended",
				"p99 from intended", "max from intended", "CPU, % of a core"));
		for (int sockets : new int[] { 1, this.options.get("sockets") }) {
			this.contenders.forEach((contender) -> report.row(row(contender.name(), sockets)));
			report.row(ratios(sockets));
			for (Contender contender : this.contenders) {
				report.figure(Figure.of("p50, ms; sockets: " + sockets, contender.name(),
						values(contender.name(), sockets, Sample::p50)));
				report.figure(Figure.of("p99, ms; sockets: " + sockets, contender.name(),
						values(contender.name(), sockets, Sample::p99)));
			}
		}
		report.table(List.of("idle, one socket", "CPU, % of a core"));
		idle.forEach((name, cpu) -> report.row(List.of(name, Report.number("%.2f", cpu))));
		aims(report, idle);
		report.publish("latency", new Results(machine, this.options.toString(), this.samples, idle));
	}

	private void aims(Report report, Map<String, Double> idle) {
		String kalam = this.contenders.get(1).name();
		for (int sockets : new int[] { 1, this.options.get("sockets") }) {
			report.aim(Aim.atMost("commit to frame, " + sockets + " sockets: p50, to the bare server's", 1.5,
					relation(sockets, Sample::p50)));
			report.aim(Aim.atMost("commit to frame, " + sockets + " sockets: p99, to the bare server's", 2.5,
					relation(sockets, Sample::p99)));
		}
		report.aim(Aim.atMost("idle, one socket: CPU, % of a core", 2, idle.getOrDefault(kalam, Double.NaN)));
	}

	private List<String> row(String name, int sockets) {
		return List.of(name, Integer.toString(sockets), median(name, sockets, Sample::p50),
				median(name, sockets, Sample::p99), max(name, sockets, Sample::max),
				median(name, sockets, Sample::intendedP50), median(name, sockets, Sample::intendedP99),
				max(name, sockets, Sample::intendedMax), Report.number("%.1f", value(name, sockets, Sample::cpu)));
	}

	private List<String> ratios(int sockets) {
		return List.of("ratio of Kalam to the plain stream", Integer.toString(sockets), ratio(sockets, Sample::p50),
				ratio(sockets, Sample::p99), "", ratio(sockets, Sample::intendedP50),
				ratio(sockets, Sample::intendedP99), "", ratio(sockets, Sample::cpu));
	}

	private String median(String name, int sockets, ToDoubleFunction<Sample> figure) {
		return Report.number("%.2f", value(name, sockets, figure));
	}

	private String max(String name, int sockets, ToDoubleFunction<Sample> figure) {
		return Report.number("%.2f", Arrays.stream(values(name, sockets, figure)).max().orElse(Double.NaN));
	}

	private String ratio(int sockets, ToDoubleFunction<Sample> figure) {
		return Report.number("%.2f", relation(sockets, figure));
	}

	private double relation(int sockets, ToDoubleFunction<Sample> figure) {
		return value(this.contenders.get(1).name(), sockets, figure)
				/ value(this.contenders.get(0).name(), sockets, figure);
	}

	private double value(String name, int sockets, ToDoubleFunction<Sample> figure) {
		return Distribution.median(values(name, sockets, figure));
	}

	private double[] values(String name, int sockets, ToDoubleFunction<Sample> figure) {
		return this.samples.stream()
			.filter((sample) -> sample.name().equals(name) && sample.sockets() == sockets)
			.mapToDouble(figure)
			.toArray();
	}

	/**
	 * The figures of one round, in milliseconds and percent of a core.
	 */
	private record Sample(String name, int sockets, double p50, double p99, double max, double intendedP50,
			double intendedP99, double intendedMax, double cpu) {

	}

	/**
	 * All figures.
	 */
	private record Results(Machine machine, String options, List<Sample> samples, Map<String, Double> idle) {

	}

}
