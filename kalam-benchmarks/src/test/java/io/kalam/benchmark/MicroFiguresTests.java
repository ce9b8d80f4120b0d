package io.kalam.benchmark;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JMH's results become figures.
 */
class MicroFiguresTests {

	@Test
	void aFigureHasTheIterationsOfAllForks() {
		assertThat(MicroFigures.read(results(result("kalam", "", "[3.0,1.0],[2.0]"), result("jackson", "", "[4.0]"))))
			.containsExactly(new Figure("ops/s", "kalam", 1, 2, 3), new Figure("ops/s", "jackson", 4, 4, 4));
	}

	@Test
	void whatAParameterIsSaysWhoseAFigureIsIfThereIsMoreThanOne() {
		assertThat(MicroFigures.read(results(result("test", "\"rows\":\"9\",\"predicate\":\"a\"", "[3.0]"),
				result("test", "\"rows\":\"9\",\"predicate\":\"b\"", "[2.0]"))))
			.containsExactly(new Figure("test, ops/s", "a", 3, 3, 3), new Figure("test, ops/s", "b", 2, 2, 2));
	}

	private static String results(String... results) {
		return "[" + String.join(",", results) + "]";
	}

	private static String result(String method, String params, String forks) {
		return "{\"benchmark\":\"io.kalam.benchmark.Some.%s\",\"params\":{%s},\"primaryMetric\":{\"score\":1,\"scoreUnit\":\"ops/s\",\"rawData\":[%s]}}"
			.formatted(method, params, forks);
	}

}
