package io.kalam.subscription;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kalam.RealtimeTableType;
import io.kalam.testing.Shrinker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random interleavings of commits, their visibility, the stream, snapshots, slow clients,
 * resumes and forgetting, against a model. Deterministic: every step makes its choices
 * from a number of its own. A failure prints the seed and the fewest steps that fail, and
 * {@code -Dkalam.model.seed=…} runs that one alone, {@code -Dkalam.model.steps=…} only
 * those steps of it.
 */
class LiveSessionModelTests {

	private static final int STEPS = 150;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Map<String, Integer> events = new TreeMap<>();

	@ParameterizedTest
	@EnumSource(names = "STREAM", mode = EnumSource.Mode.EXCLUDE)
	void whatClientsHoldIsWhatTheDatabaseHolds(RealtimeTableType type) {
		run(type, false);
		assertThat(this.events.keySet()).contains("Acknowledged", "Batch", "Transaction", "Mark", "Reset", "Failed",
				"WINDOW", "from memory", "not from memory", "Folded alone", "Folded beside all", "Folded on its way");
	}

	@ParameterizedTest
	@EnumSource(names = "STREAM", mode = EnumSource.Mode.EXCLUDE)
	void whatClientsHoldIsWhatTheirPolicyAllows(RealtimeTableType type) {
		run(type, true);
		assertThat(this.events.keySet()).contains("Acknowledged", "Batch", "Transaction", "Mark", "Reset", "Failed",
				"WINDOW", "from memory", "not from memory", "POLICY", "NOT_FOUND", "UNAUTHORIZED",
				"SUBSCRIPTION_FAILED");
	}

	private void run(RealtimeTableType type, boolean governed) {
		Long only = Long.getLong("kalam.model.seed");
		if (only != null) {
			run(type, governed, only);
			return;
		}
		int runs = Integer.getInteger("kalam.model.runs", 300);
		long first = Long.getLong("kalam.model.first", new Random().nextInt(1_000_000));
		for (long seed = first; seed < first + runs; seed++) {
			run(type, governed, seed);
		}
	}

	private void run(RealtimeTableType type, boolean governed, long seed) {
		List<Integer> steps = steps();
		try {
			run(type, governed, seed, steps);
		}
		catch (AssertionError | RuntimeException ex) {
			List<Integer> fewest = Shrinker.shrink(steps, (fewer) -> fails(type, governed, seed, fewer), PATIENCE);
			String text = fewest.stream().map(String::valueOf).collect(Collectors.joining(","));
			throw new AssertionError("Failed with " + type + (governed ? " and a policy" : "") + ", -Dkalam.model.seed="
					+ seed + " and -Dkalam.model.steps=" + text, ex);
		}
	}

	private static List<Integer> steps() {
		String chosen = System.getProperty("kalam.model.steps");
		if (chosen == null) {
			return IntStream.range(0, STEPS).boxed().toList();
		}
		return Stream.of(chosen.split(",")).filter((step) -> !step.isEmpty()).map(Integer::valueOf).toList();
	}

	private boolean fails(RealtimeTableType type, boolean governed, long seed, List<Integer> steps) {
		try {
			run(type, governed, seed, steps);
			return false;
		}
		catch (AssertionError | RuntimeException ex) {
			return true;
		}
	}

	private void run(RealtimeTableType type, boolean governed, long seed, List<Integer> steps) {
		new ModelWorld(type, governed, seed).run(steps)
			.forEach((name, count) -> this.events.merge(name, count, Integer::sum));
	}

}
