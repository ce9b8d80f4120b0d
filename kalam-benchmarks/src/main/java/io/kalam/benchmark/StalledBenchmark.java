package io.kalam.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * What sockets that read nothing cost: those that do read, in latency, and the server, in
 * memory. Healthy and stalled sockets subscribe to the same busy shared table, the
 * stalled ones also to rows of their own. Rounds with and without the stalled ones
 * alternate. The memory of a socket is beside that of one of Reactor Netty to which
 * nothing happens.
 */
public final class StalledBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 5);
		DEFAULTS.put("seconds", 4);
		DEFAULTS.put("rate", 100);
		DEFAULTS.put("sockets", 100);
		DEFAULTS.put("stalled", 1_000);
		DEFAULTS.put("warmup", 10);
	}

	private static final int WARM_UP_RATE = 300;

	private static final List<String> SUBSCRIPTIONS = List.of(Audience.subscribe("board"), Audience.subscribe("items"));

	private static final String BARE = "bare WebSocket, idle";

	private static final String CONNECTED = "Kalam: authenticated";

	private static final String IDLE = "Kalam: two idle subscriptions";

	private static final String STALLED = "Kalam: two stalled subscriptions";

	private final Options options;

	private final BusyTable table;

	private final ServerProcess server;

	private final Audience healthy;

	private final List<Sample> samples = new ArrayList<>();

	private final Map<String, Memory> memory = new LinkedHashMap<>();

	private StalledBenchmark(Options options, BusyTable table, ServerProcess server, Audience healthy) {
		this.options = options;
		this.table = table;
		this.server = server;
		this.healthy = healthy;
	}

	/**
	 * Runs the benchmark.
	 * @param arguments options, {@code name=number} each
	 * @throws Exception if something is not as it has to be
	 */
	public static void main(String[] arguments) throws Exception {
		Options options = Options.of(DEFAULTS, arguments);
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "stalled");
		try (BenchmarkDatabase database = new BenchmarkDatabase();
				ServerProcess server = new ServerProcess(KalamServer.class, database.port(),
						directory.resolve("journal"), KalamServer.SMALL_BUFFERS);
				BusyTable table = new BusyTable(database);
				Audience healthy = new Audience(server.port(), options.get("sockets"), "board")) {
			new StalledBenchmark(options, table, server, healthy).run(database.version());
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(0);
	}

	private void run(String postgres) throws IOException, SQLException, InterruptedException {
		double load = Machine.load();
		bareSockets();
		this.table.measure(this.healthy, this.options.get("sockets"), WARM_UP_RATE * this.options.get("warmup"),
				WARM_UP_RATE);
		for (int round = 0; round < this.options.get("rounds"); round++) {
			this.samples.add(sample(false));
			stalledRound(round, round == this.options.get("rounds") - 1);
			rest();
		}
		report(Machine.of(postgres), load);
	}

	private void bareSockets() throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "stalled-bare");
		try (ServerProcess bare = new ServerProcess(BareResumeServer.class, directory)) {
			new Crowd(bare.port(), this.options.get("stalled"), true).close();
			rest();
			Memory before = bare.memory();
			try (Crowd crowd = new Crowd(bare.port(), this.options.get("stalled"), true)) {
				crowd.check();
				this.memory.put(BARE, bare.memory().minus(before));
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	/**
	 * A round with stalled sockets. When it is the last one, the server's memory is taken
	 * at every step before anything is timed.
	 */
	private void stalledRound(int round, boolean last) throws IOException, SQLException, InterruptedException {
		Memory before = last ? this.server.memory() : null;
		try (Crowd crowd = new Crowd(this.server.port(), this.options.get("stalled"), true)) {
			take(CONNECTED, before);
			crowd.subscribe(SUBSCRIPTIONS);
			take(IDLE, before);
			crowd.stall();
			this.table.fill(this.healthy, this.options.get("sockets"), this.options.get("stalled"), round);
			take(STALLED, before);
			this.samples.add(sample(true));
			crowd.check();
		}
	}

	private void take(String name, @Nullable Memory before) throws IOException {
		if (before != null) {
			this.memory.put(name, this.server.memory().minus(before));
		}
	}

	private Sample sample(boolean stalled) throws SQLException, InterruptedException {
		int rate = this.options.get("rate");
		Distribution times = this.table.measure(this.healthy, this.options.get("sockets"),
				rate * this.options.get("seconds"), rate);
		return new Sample(stalled, times.percentile(50), times.percentile(99), times.max());
	}

	private static void rest() throws InterruptedException {
		new CountDownLatch(1).await(1, TimeUnit.SECONDS);
	}

	private void report(Machine machine, double load) throws IOException {
		Report report = new Report();
		report.text(machine.toString());
		report.text("");
		report.text(Report.number("Load average: %.2f before the first round", load)
				+ Report.number(", %.2f at the end. ", Machine.load()) + "Options: " + this.options
				+ ". Medians over the rounds (max: of all rounds), in ms.");
		report.table(
				List.of("commit to frame, " + this.options.get("sockets") + " healthy sockets", "p50", "p99", "max"));
		for (boolean stalled : new boolean[] { false, true }) {
			String whose = stalled ? "beside " + this.options.get("stalled") + " stalled ones" : "alone";
			report.figure(Figure.of("p99, ms", whose, values(stalled, Sample::p99)));
			report.row(List.of(whose, Report.number("%.2f", value(stalled, Sample::p50)),
					Report.number("%.2f", value(stalled, Sample::p99)),
					Report.number("%.2f", Arrays.stream(values(stalled, Sample::max)).max().orElse(Double.NaN))));
		}
		report.row(List.of("ratio", ratio(Sample::p50), ratio(Sample::p99), ""));
		report.table(
				List.of("memory", "heap, KiB a socket", "outside the heap, KiB a socket", "heap, KiB a subscription"));
		this.memory.forEach((name, used) -> report
			.row(List.of(name, kib((double) used.heap()), kib((double) used.direct()), beyondSocket(name, used))));
		report.aim(Aim.atMost("beside stalled sockets: p99, to that without them", 1.3,
				value(true, Sample::p99) / value(false, Sample::p99)));
		report.publish("stalled", new Results(machine, this.options.toString(), this.samples, this.memory));
	}

	private String beyondSocket(String name, Memory used) {
		Memory socket = this.memory.getOrDefault(CONNECTED, used);
		boolean subscribed = name.equals(IDLE) || name.equals(STALLED);
		return subscribed ? kib((double) used.minus(socket).heap() / SUBSCRIPTIONS.size()) : "";
	}

	private String kib(double bytes) {
		return Report.number("%.1f", bytes / this.options.get("stalled") / 1024);
	}

	private String ratio(ToDoubleFunction<Sample> figure) {
		return Report.number("%.2f", value(true, figure) / value(false, figure));
	}

	private double value(boolean stalled, ToDoubleFunction<Sample> figure) {
		return Distribution.median(values(stalled, figure));
	}

	private double[] values(boolean stalled, ToDoubleFunction<Sample> figure) {
		return Figure.rounds(this.samples, (sample) -> sample.stalled() == stalled, figure);
	}

	/**
	 * One round, in milliseconds.
	 */
	private record Sample(boolean stalled, double p50, double p99, double max) {

	}

	/**
	 * All figures.
	 */
	private record Results(Machine machine, String options, List<Sample> samples, Map<String, Memory> memory) {

	}

}
