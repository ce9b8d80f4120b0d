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
 * One change of a shared table on its way to very many sockets: Kalam beside a plain
 * replication stream with a bare WebSocket.
 */
public final class FanOutBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 5);
		DEFAULTS.put("few", 1_000);
		DEFAULTS.put("many", 10_000);
		DEFAULTS.put("messages", 200_000);
		DEFAULTS.put("warmup", 1_500_000);
	}

	private final Options options;

	private final List<Contender> contenders;

	private final List<Sample> samples = new ArrayList<>();

	private FanOutBenchmark(Options options, List<Contender> contenders) {
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
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "fan-out");
		try (Contender bare = Contender.bare("board");
				Contender kalam = Contender.kalam(directory.resolve("journal"), "board")) {
			new FanOutBenchmark(options, List.of(bare, kalam)).run();
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(0);
	}

	private void run() throws Exception {
		double loadBefore = Machine.load();
		WarmUp.with(this.contenders,
				(contender) -> sample(contender, this.options.get("few"), this.options.get("warmup") / WarmUp.CROWDS));
		for (int round = 0; round < this.options.get("rounds"); round++) {
			for (int sockets : new int[] { this.options.get("few"), this.options.get("many") }) {
				for (Contender contender : this.contenders) {
					this.samples.add(sample(contender, sockets, this.options.get("messages")));
				}
			}
		}
		report(loadBefore);
	}

	private Sample sample(Contender contender, int sockets, int messages) throws Exception {
		int commits = Math.max(1, messages / sockets);
		try (Spectators spectators = new Spectators(contender.port(), sockets)) {
			spectators.subscribe((number) -> List.of(Audience.subscribe("board")));
			long[] times = new long[commits * sockets];
			long busy = 0;
			contender.awaitRest();
			Duration before = contender.cpu();
			for (int commit = 0; commit < commits; commit++) {
				spectators.expect(1);
				long acknowledged = contender.commit();
				long[] arrivals = spectators.await();
				long last = 0;
				for (int i = 0; i < sockets; i++) {
					times[commit * sockets + i] = arrivals[i] - acknowledged;
					last = Math.max(last, arrivals[i] - acknowledged);
				}
				busy += last;
			}
			double cpu = contender.cpu().minus(before).toNanos() / 1000.0 / commits / sockets;
			Distribution distribution = Distribution.of(times);
			return new Sample(contender.name(), sockets, 1e9 * commits * sockets / busy, distribution.percentile(50),
					distribution.percentile(99), cpu);
		}
	}

	private void report(double loadBefore) throws Exception {
		Machine machine = Machine.of(this.contenders.get(0).postgres());
		Report report = new Report();
		report.text(machine.toString());
		report.text("");
		report.text(Report.number("Load average: %.2f before the first round", loadBefore)
				+ Report.number(", %.2f at the end. ", Machine.load()) + "Options: " + this.options
				+ ". Medians over the rounds.");
		report.table(List.of("one change to many sockets", "sockets", "messages/s", "p50, ms", "p99, ms",
				"CPU, µs a message"));
		for (int sockets : new int[] { this.options.get("few"), this.options.get("many") }) {
			this.contenders.forEach((contender) -> report.row(List.of(contender.name(), Integer.toString(sockets),
					Report.number("%.0f", value(contender, sockets, Sample::perSecond)),
					Report.number("%.2f", value(contender, sockets, Sample::p50)),
					Report.number("%.2f", value(contender, sockets, Sample::p99)),
					Report.number("%.2f", value(contender, sockets, Sample::cpu)))));
			for (Contender contender : this.contenders) {
				report.figure(Figure.of("messages/s, " + sockets + " sockets", contender.name(),
						values(contender, sockets, Sample::perSecond)));
				report.figure(Figure.of("CPU, µs a message, " + sockets + " sockets", contender.name(),
						values(contender, sockets, Sample::cpu)));
			}
			report.row(List.of("ratio", Integer.toString(sockets), ratio(sockets, Sample::perSecond),
					ratio(sockets, Sample::p50), ratio(sockets, Sample::p99), ratio(sockets, Sample::cpu)));
			report.aim(Aim.atLeast(
					"one change to " + Report.count(sockets, "socket") + ", messages/s, to the bare server's", 0.8,
					relation(sockets, Sample::perSecond)));
		}
		report.publish("fan-out", this.samples);
	}

	private String ratio(int sockets, ToDoubleFunction<Sample> figure) {
		return Report.number("%.2f", relation(sockets, figure));
	}

	private double relation(int sockets, ToDoubleFunction<Sample> figure) {
		return value(this.contenders.get(1), sockets, figure) / value(this.contenders.get(0), sockets, figure);
	}

	private double value(Contender contender, int sockets, ToDoubleFunction<Sample> figure) {
		return Distribution.median(values(contender, sockets, figure));
	}

	private double[] values(Contender contender, int sockets, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples,
				(sample) -> sample.name().equals(contender.name()) && sample.sockets() == sockets, figure);
	}

	/**
	 * The figures of one round.
	 */
	private record Sample(String name, int sockets, double perSecond, double p50, double p99, double cpu) {

	}

}
