package io.kalam.testing;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShrinkerTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private final List<Integer> all = IntStream.range(0, 150).boxed().toList();

	@Test
	void whatIsLeftIsWhatFails() {
		List<Integer> culprits = List.of(3, 4, 77, 149);
		assertThat(Shrinker.shrink(this.all, (part) -> part.containsAll(culprits), LIMIT)).isEqualTo(culprits);
	}

	@Test
	void whatAlwaysFailsFailsWithNothing() {
		assertThat(Shrinker.shrink(this.all, (part) -> true, LIMIT)).isEmpty();
	}

	@Test
	void whatFailsOnlyAsAWholeIsLeftWhole() {
		assertThat(Shrinker.shrink(this.all, (part) -> part.size() == 150, LIMIT)).isEqualTo(this.all);
	}

	@Test
	void nothingIsTriedWhenTheTimeIsOver() {
		assertThat(Shrinker.shrink(this.all, (part) -> true, Duration.ZERO)).isEqualTo(this.all);
	}

}
