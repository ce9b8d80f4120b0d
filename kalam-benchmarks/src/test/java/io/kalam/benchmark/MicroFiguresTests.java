package io.kalam.benchmark;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JMH's results become figures.
 */
class MicroFiguresTests {

	@Test
	void whereCallsAreTimedAFigureHasTheMediansOfTheIterations() {
		String iterations = "[[[9.0,1],[0.5,2],[0.7,2]],[[0.4,3],[8.0,2]],[[3.0,1]]]";
		assertThat(MicroFigures
			.read(results(result("busy", "\"predicate\":\"p\",\"subscriptions\":\"1\"", "rawDataHistogram", iterations),
					result("busy", "\"predicate\":\"p\",\"subscriptions\":\"1000\"", "rawDataHistogram",
							"[[[2.0,1]]]"))))
			.containsExactly(new Figure("busy, ops/s", "1", 0.4, 0.7, 3), new Figure("busy, ops/s", "1000", 2, 2, 2));
	}

	@Test
	void whereCallsAreCountedAFigureHasTheIterationsOfAllForks() {
		assertThat(MicroFigures.read(
				results(result("kalam", "", "rawData", "[3.0,1.0],[2.0]"), result("jackson", "", "rawData", "[4.0]"))))
			.containsExactly(new Figure("ops/s", "kalam", 1, 2, 3), new Figure("ops/s", "jackson", 4, 4, 4));
	}

	private static String results(String... results) {
		return "[" + String.join(",", results) + "]";
	}

	private static String result(String method, String params, String data, String forks) {
		return "{\"benchmark\":\"io.kalam.benchmark.Some.%s\",\"params\":{%s},\"primaryMetric\":{\"score\":1,\"scoreUnit\":\"ops/s\",\"%s\":[%s]}}"
			.formatted(method, params, data, forks);
	}

}
