package io.kalam.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

import org.springframework.util.FileSystemUtils;

/**
 * What a socket costs to which nothing happens, each of a user of its own: Kalam, with
 * none, one and several subscriptions, beside a handler of WebFlux and Reactor Netty
 * alone. Each figure is of a JVM of its own.
 */
public final class MemoryBenchmark {

	private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

	static {
		DEFAULTS.put("rounds", 3);
		DEFAULTS.put("few", 1_000);
		DEFAULTS.put("many", 10_000);
		DEFAULTS.put("subscriptions", 10);
		DEFAULTS.put("warmup", 1_000);
	}

	/**
	 * The heap is given back down to what is used, so that what is resident does not
	 * depend on how much garbage there was; and the second compiler is off, whose work
	 * space of tens of megabytes comes and goes.
	 */
	private static final List<String> STEADY = List.of("-XX:MinHeapFreeRatio=1", "-XX:MaxHeapFreeRatio=5",
			"-XX:TieredStopAtLevel=1");

	private static final long STEADY_BYTES = 512 << 10;

	private static final int STEADY_AT_LAST = 15;

	private static final int WARM_UPS = 2;

	private static final String NETTY = "bare Reactor Netty";

	private static final String WEBFLUX = "bare WebFlux handler";

	private static final String CONNECTED = "Kalam: authenticated";

	private static final String ONE = "Kalam: one subscription";

	private static final String SEVERAL = "Kalam: all subscriptions";

	private static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"subscription\":{\"id\":\"items-%1$d\",\"sql\":"
			+ "\"SELECT id, owner, status, body, created FROM items WHERE status <> 'closed-%1$d'\"}}";

	private final Options options;

	private final Path directory;

	private final List<Sample> samples = new ArrayList<>();

	private String postgres = "";

	private MemoryBenchmark(Options options, Path directory) {
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
		Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "memory");
		try {
			new MemoryBenchmark(options, directory).run();
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(0);
	}

	private void run() throws IOException, InterruptedException {
		double load = Machine.load();
		for (int round = 0; round < this.options.get("rounds"); round++) {
			for (int sockets : sizes()) {
				bare(NETTY, IdleServer.NETTY, sockets);
				bare(WEBFLUX, IdleServer.WEBFLUX, sockets);
				kalam(sockets, this.directory.resolve("journal-" + round + "-" + sockets));
			}
		}
		report(load);
	}

	private int[] sizes() {
		return new int[] { this.options.get("few"), this.options.get("many") };
	}

	private void bare(String name, String argument, int sockets) throws IOException, InterruptedException {
		try (ServerProcess server = new ServerProcess(STEADY, IdleServer.class, argument)) {
			warmUp(server);
			Memory before = steady(server);
			try (Spectators spectators = new Spectators(server.port(), sockets)) {
				spectators.subscribe((number) -> subscriptions(0, 1));
				take(name, sockets, server, before);
				server.histogram(Path.of("memory-" + argument + "-" + sockets + ".histogram.txt"));
			}
		}
	}

	private void kalam(int sockets, Path journal) throws IOException, InterruptedException {
		try (BenchmarkDatabase database = new BenchmarkDatabase();
				ServerProcess server = new ServerProcess(STEADY, KalamServer.class, database.port(), journal)) {
			this.postgres = database.version();
			warmUp(server);
			Memory before = steady(server);
			try (Spectators spectators = new Spectators(server.port(), sockets)) {
				take(CONNECTED, sockets, server, before);
				spectators.subscribe((number) -> subscriptions(0, 1));
				take(ONE, sockets, server, before);
				server.histogram(Path.of("memory-kalam-" + sockets + ".histogram.txt"));
				spectators.subscribe((number) -> subscriptions(1, this.options.get("subscriptions")));
				take(SEVERAL, sockets, server, before);
			}
		}
	}

	private static List<String> subscriptions(int from, int to) {
		return IntStream.range(from, to).mapToObj(SUBSCRIBE::formatted).toList();
	}

	private void warmUp(ServerProcess server) throws InterruptedException {
		for (int i = 0; i < WARM_UPS; i++) {
			try (Spectators spectators = new Spectators(server.port(), this.options.get("warmup"))) {
				spectators.subscribe((number) -> subscriptions(0, this.options.get("subscriptions")));
			}
		}
	}

	/**
	 * The memory of a server when it has ceased to change: compilers, allocators and
	 * timers of sockets that have closed let go of theirs after seconds only.
	 */
	private static Memory steady(ServerProcess server) throws IOException, InterruptedException {
		Memory last = server.memory();
		for (int i = 0; i < STEADY_AT_LAST; i++) {
			new CountDownLatch(1).await(1, TimeUnit.SECONDS);
			Memory memory = server.memory();
			Memory more = memory.minus(last);
			if (Math.max(Math.abs(more.heap()), Math.abs(more.resident())) < STEADY_BYTES) {
				return memory;
			}
			last = memory;
		}
		return last;
	}

	private void take(String name, int sockets, ServerProcess server, Memory before)
			throws IOException, InterruptedException {
		this.samples.add(new Sample(name, sockets, steady(server).minus(before)));
	}

	private void report(double load) throws IOException {
		Report report = new Report();
		report.head(Machine.of(this.postgres), load, this.options, "Medians over the rounds, in KiB a socket.");
		report.table(List.of("sockets to which nothing happens", "sockets", "heap", "resident",
				"resident, outside the heap"));
		for (int sockets : sizes()) {
			for (String name : List.of(NETTY, WEBFLUX, CONNECTED, ONE, SEVERAL)) {
				report.row(List.of(name, Integer.toString(sockets), kib(name, sockets, Memory::heap),
						kib(name, sockets, Memory::resident), kib(name, sockets, MemoryBenchmark::outside)));
				report.figure(Figure.of("heap, KiB a socket, " + sockets + " sockets", name,
						values(name, sockets, Memory::heap)));
				report.figure(Figure.of("resident, KiB a socket, " + sockets + " sockets", name,
						values(name, sockets, Memory::resident)));
			}
			report.row(List.of("a further subscription", Integer.toString(sockets), further(sockets, Memory::heap),
					further(sockets, Memory::resident), ""));
			report.row(List.of("ratio: one subscription to WebFlux", Integer.toString(sockets),
					Report.number("%.2f", ratio(sockets, Memory::heap)),
					Report.number("%.2f", ratio(sockets, Memory::resident)), ""));
		}
		int many = this.options.get("many");
		report.aim(Aim.atMost("an idle connection's heap, to WebFlux's", 1.5, ratio(many, Memory::heap)));
		report
			.aim(Aim.atMost("an idle connection's resident memory, to WebFlux's", 1.5, ratio(many, Memory::resident)));
		report.publish("memory", this.samples);
	}

	private static long outside(Memory memory) {
		return memory.resident() - memory.heap();
	}

	private String kib(String name, int sockets, ToLongFunction<Memory> figure) {
		return Report.number("%.2f", value(name, sockets, figure));
	}

	private String further(int sockets, ToLongFunction<Memory> figure) {
		return Report.number("%.2f", (value(SEVERAL, sockets, figure) - value(ONE, sockets, figure))
				/ (this.options.get("subscriptions") - 1));
	}

	private double ratio(int sockets, ToLongFunction<Memory> figure) {
		return value(ONE, sockets, figure) / value(WEBFLUX, sockets, figure);
	}

	private double value(String name, int sockets, ToLongFunction<Memory> figure) {
		return Distribution.median(values(name, sockets, figure));
	}

	private double[] values(String name, int sockets, ToLongFunction<Memory> figure) {
		return Figure.rounds(this.samples, (sample) -> sample.name().equals(name) && sample.sockets() == sockets,
				(sample) -> figure.applyAsLong(sample.memory()) / 1024.0 / sockets);
	}

	/**
	 * What sockets cost in one round.
	 */
	private record Sample(String name, int sockets, Memory memory) {

	}

}
