package io.kalam.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All benchmarks are all there are.
 */
class AllBenchmarksTests {

	@Test
	void eachBenchmarkOfTheBuildIsRun() throws Exception {
		Set<String> executions = Pattern.compile("<id>([^<]+)</id>\\s*<configuration>\\s*<commandlineArgs>")
			.matcher(Files.readString(Path.of("pom.xml")))
			.results()
			.map((execution) -> execution.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		executions.remove("all");
		assertThat(new TreeSet<>(AllBenchmarks.names())).isEqualTo(executions);
	}

	@Test
	void noneHasLessHeapThanByItself() throws Exception {
		Map<String, String> heaps = Pattern
			.compile("<id>([^<]+)</id>\\s*<configuration>\\s*<commandlineArgs>-Xmx(\\S+)")
			.matcher(Files.readString(Path.of("pom.xml")))
			.results()
			.collect(Collectors.toMap((execution) -> execution.group(1), (execution) -> execution.group(2)));
		assertThat(heaps).containsKeys(AllBenchmarks.names().toArray(String[]::new));
		assertThat(AllBenchmarks.names()).allSatisfy((name) -> assertThat(
				DataSize.parse(AllBenchmarks.heap(name).substring(4).toUpperCase(Locale.ROOT) + "B").toBytes())
			.isGreaterThanOrEqualTo(DataSize.parse(heaps.get(name).toUpperCase(Locale.ROOT) + "B").toBytes()));
	}

	@Test
	void eachHasQuickOptionsAndWhatWasAskedForPrevails() {
		assertThat(AllBenchmarks.names())
			.allSatisfy((name) -> assertThat(AllBenchmarks.arguments(name, true, List.of())).isNotEmpty());
		assertThat(AllBenchmarks.arguments("events", true, List.of("rounds=2"))).containsExactly("rounds=1",
				"events=2000", "rounds=2");
		assertThat(AllBenchmarks.arguments("events", false, List.of("rounds=2"))).containsExactly("rounds=2");
	}

	@Test
	void jmhHasItsOwnOptions() {
		assertThat(AllBenchmarks.arguments("encoding", false, List.of("rounds=2"))).containsExactly("encoding");
	}

	@Test
	void itIsSaidHowFarItIs() {
		assertThat(AllBenchmarks.progress(3, 17, "latency", Duration.ofSeconds(299)))
			.isEqualTo("3 of 17, latency, so far 4 min");
	}

}
