package io.kalam.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * Runs all benchmarks, one after the other, each in a JVM of its own, and prints what
 * they were to show beside what they have shown. One that fails does not keep the others
 * from running.
 */
public final class AllBenchmarks {

	private static final String QUICK = "quick=true";

	private static final String ONLY_A_CHECK = "These figures are only a check that everything runs: there was one round of each, of a small"
			+ " size, without the code being warm. They say nothing about speed, nor whether an aim is met.";

	private static final List<String> MICRO = List.of("evaluation", "encoding");

	private static final Map<String, Class<?>> BENCHMARKS = new LinkedHashMap<>();

	static {
		BENCHMARKS.put("latency", LatencyBenchmark.class);
		BENCHMARKS.put("backlog", BacklogBenchmark.class);
		BENCHMARKS.put("events", EventsBenchmark.class);
		BENCHMARKS.put("journal", JournalBenchmark.class);
		BENCHMARKS.put("resume", ResumeBenchmark.class);
		BENCHMARKS.put("resume-storm", ResumeStormBenchmark.class);
		BENCHMARKS.put("reconnect", ReconnectBenchmark.class);
		BENCHMARKS.put("snapshot", SnapshotBenchmark.class);
		BENCHMARKS.put("stalled", StalledBenchmark.class);
		BENCHMARKS.put("fan-out", FanOutBenchmark.class);
		BENCHMARKS.put("per-user", PerUserBenchmark.class);
		BENCHMARKS.put("many-subscriptions", ManySubscriptionsBenchmark.class);
		BENCHMARKS.put("memory", MemoryBenchmark.class);
		BENCHMARKS.put("start-up", StartUpBenchmark.class);
		BENCHMARKS.put("routing", RoutingBenchmark.class);
		MICRO.forEach((name) -> BENCHMARKS.put(name, MicroBenchmark.class));
	}

	private final boolean quick;

	private final List<String> options;

	private final Path directory;

	private final List<String> failed = new ArrayList<>();

	private AllBenchmarks(List<String> arguments) {
		this.quick = arguments.contains(QUICK);
		this.options = arguments.stream().filter((argument) -> !argument.equals(QUICK)).toList();
		this.directory = Path.of(this.quick ? "quick" : "").toAbsolutePath();
	}

	/**
	 * Runs the benchmarks.
	 * @param arguments options that all of them have, which is {@code rounds}; or
	 * {@code quick=true} to see whether they run
	 * @throws Exception if a result can't be read
	 */
	public static void main(String[] arguments) throws Exception {
		AllBenchmarks all = new AllBenchmarks(List.of(arguments));
		all.run();
		all.report();
		System.exit(all.failed.isEmpty() ? 0 : 1);
	}

	private void run() throws IOException, InterruptedException {
		if (this.quick) {
			System.out.println(ONLY_A_CHECK);
			Files.createDirectories(this.directory);
			for (Path file : List.of(StartUpBenchmark.TREE, StartUpBenchmark.CLASS_PATH)) {
				Files.copy(file, this.directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
			}
		}
		long begin = System.nanoTime();
		int number = 0;
		for (Map.Entry<String, Class<?>> benchmark : BENCHMARKS.entrySet()) {
			System.out.println("\n" + progress(++number, BENCHMARKS.size(), benchmark.getKey(),
					Duration.ofNanos(System.nanoTime() - begin)));
			Files.deleteIfExists(aims(benchmark.getKey()));
			run(benchmark.getKey(), benchmark.getValue().getName());
		}
		System.out.println("\nAll in " + Duration.ofNanos(System.nanoTime() - begin).toMinutes() + " min");
	}

	static String progress(int number, int all, String benchmark, Duration soFar) {
		return "%d of %d, %s, so far %d min".formatted(number, all, benchmark, soFar.toMinutes());
	}

	private Path aims(String benchmark) {
		return this.directory.resolve(benchmark + ".aims.json");
	}

	private void run(String name, String main) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), heap(name), "-cp",
						System.getProperty("java.class.path"), main));
		command.addAll(arguments(name, this.quick, this.options));
		if (new ProcessBuilder(command).directory(this.directory.toFile()).inheritIO().start().waitFor() != 0) {
			this.failed.add(name);
		}
	}

	/**
	 * How much heap a benchmark gets.
	 * @param benchmark which
	 * @return an option of its JVM
	 */
	static String heap(String benchmark) {
		return benchmark.equals("routing") ? "-Xmx8g" : "-Xmx1g";
	}

	/**
	 * The arguments of a benchmark. What was asked for comes last, and prevails.
	 * @param benchmark which
	 * @param quick whether it is only to be seen whether it runs
	 * @param options what was asked for; JMH has other options
	 */
	static List<String> arguments(String benchmark, boolean quick, List<String> options) {
		List<String> arguments = new ArrayList<>();
		if (MICRO.contains(benchmark)) {
			arguments.add(benchmark);
		}
		if (quick) {
			arguments.addAll(QuickOptions.of(benchmark));
		}
		if (!MICRO.contains(benchmark)) {
			arguments.addAll(options);
		}
		return arguments;
	}

	/**
	 * The names of all benchmarks, in the order in which they run.
	 */
	static List<String> names() {
		return List.copyOf(BENCHMARKS.keySet());
	}

	private void report() throws IOException {
		Report report = new Report();
		if (this.quick) {
			report.text(ONLY_A_CHECK);
		}
		report.table(List.of("benchmark", "what", "aim", "figure", "met"));
		List<Aim> all = new ArrayList<>();
		for (String benchmark : BENCHMARKS.keySet()) {
			if (Files.exists(aims(benchmark))) {
				for (Aim aim : JsonMapper.shared().readValue(aims(benchmark).toFile(), Aim[].class)) {
					all.add(aim);
					report.row(List.of(benchmark, aim.what(), aim.limitText(), aim.figureText(),
							aim.met() ? "yes" : "**no**"));
				}
			}
		}
		this.failed
			.forEach((name) -> report.row(List.of(name, "has failed; its messages are above", "", "", "**no**")));
		report.publish(this.directory.resolve("all").toString(), all);
	}

}
