package io.kalam.benchmark;

import java.util.List;
import java.util.Map;

/**
 * Options with which each benchmark takes less than a minute, and whose figures say no
 * more than that it runs.
 */
final class QuickOptions {

	private static final Map<String, String> OPTIONS = Map.ofEntries(
			Map.entry("latency", "rounds=1 seconds=1 warmup=1 idle=2 saturated=200"),
			Map.entry("backlog", "rounds=1 small=10000 large=2"), Map.entry("events", "rounds=1 events=2000"),
			Map.entry("journal", "rounds=1 transactions=20000"),
			Map.entry("resume", "rounds=1 users=10000 few=100 missed=100 repeats=3 warmup=50"),
			Map.entry("resume-storm", "rounds=1 clients=500"), Map.entry("reconnect", "rounds=5 warmup=3"),
			Map.entry("snapshot", "rounds=1 some=1000 many=20000 repeats=3 warmup=5"),
			Map.entry("stalled", "rounds=1 seconds=1 stalled=50 warmup=1"),
			Map.entry("fan-out", "rounds=1 few=100 many=500 messages=5000 warmup=5000"),
			Map.entry("per-user", "rounds=1 few=100 many=500 seconds=1 together=100 messages=1000 warmup=1"),
			Map.entry("many-subscriptions", "rounds=1 sockets=100 each=10 one=20 all=5 warmup=1"),
			Map.entry("memory", "rounds=1 few=50 many=200 warmup=50"), Map.entry("start-up", "rounds=1"),
			Map.entry("routing", "rounds=2 many=2000 most=5000 changes=1000 warmup=1"),
			Map.entry("evaluation", "-f 1 -wi 1 -w 1 -i 2 -r 1"), Map.entry("encoding", "-f 1 -wi 1 -w 1 -i 2 -r 1"));

	private QuickOptions() {
	}

	static List<String> of(String benchmark) {
		String options = OPTIONS.get(benchmark);
		if (options == null) {
			throw new IllegalArgumentException(benchmark + " has no quick options");
		}
		return List.of(options.split(" "));
	}

}
