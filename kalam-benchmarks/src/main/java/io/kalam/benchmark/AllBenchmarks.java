package io.kalam.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
	}

	private static final Map<String, Class<?>> MICRO = new LinkedHashMap<>();

	static {
		MICRO.put("routing", RoutingBenchmark.class);
		MICRO.put("evaluation", EvaluationBenchmark.class);
		MICRO.put("encoding", EncodingBenchmark.class);
	}

	private AllBenchmarks() {
	}

	/**
	 * Runs the benchmarks.
	 * @param arguments options that all of them have, which is {@code rounds}
	 * @throws Exception if a result can't be read
	 */
	public static void main(String[] arguments) throws Exception {
		List<String> failed = new ArrayList<>();
		for (Map.Entry<String, Class<?>> benchmark : BENCHMARKS.entrySet()) {
			Files.deleteIfExists(aims(benchmark.getKey()));
			run(benchmark.getKey(), benchmark.getValue().getName(), List.of(arguments), failed);
		}
		for (Map.Entry<String, Class<?>> micro : MICRO.entrySet()) {
			run(micro.getKey(), "org.openjdk.jmh.Main",
					List.of(micro.getValue().getSimpleName(), "-rf", "json", "-rff", micro.getKey() + ".json"), failed);
		}
		report(failed);
		System.exit(failed.isEmpty() ? 0 : 1);
	}

	private static Path aims(String benchmark) {
		return Path.of(benchmark + ".aims.json");
	}

	private static void run(String name, String main, List<String> arguments, List<String> failed)
			throws IOException, InterruptedException {
		System.out.println("\n" + name);
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-cp",
						System.getProperty("java.class.path"), main));
		command.addAll(arguments);
		if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
			failed.add(name);
		}
	}

	private static void report(List<String> failed) throws IOException {
		Report report = new Report();
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
		failed.forEach((name) -> report.row(List.of(name, "has failed; its messages are above", "", "", "**no**")));
		report.publish("all", all);
	}

}
