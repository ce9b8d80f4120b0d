package io.kalam.subscription;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.kalam.change.Change;
import io.kalam.query.LiveQuery;
import io.kalam.query.WindowLimits;
import io.kalam.subscription.Outcome.Moved;
import io.kalam.testing.Shrinker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A window against a sorted list: random commits, in the middle of which two rows may
 * share a key. Every step makes its choices from a number of its own; a failure prints
 * the seed and the fewest steps that fail.
 */
class LiveWindowTests {

	private int shorts;

	private int told;

	@ParameterizedTest
	@EnumSource(WindowOrder.class)
	void clientHoldsTheFirstRows(WindowOrder order) {
		long first = new Random().nextInt(1_000_000);
		for (long seed = first; seed < first + 150; seed++) {
			run(order, seed);
		}
		assertThat(this.shorts).as("windows that were short").isPositive();
		assertThat(this.told).as("changes").isGreaterThan(1000);
	}

	private void run(WindowOrder order, long seed) {
		List<Integer> steps = IntStream.range(0, 60).boxed().toList();
		try {
			WindowWorld world = new WindowWorld(order, seed);
			world.run(steps);
			this.shorts += world.shorts();
			this.told += world.told();
		}
		catch (AssertionError | RuntimeException ex) {
			List<Integer> fewest = Shrinker.shrink(steps, (fewer) -> fails(order, seed, fewer), Duration.ofSeconds(20));
			throw new AssertionError("Failed with " + order + ", seed " + seed + " and steps " + fewest, ex);
		}
	}

	private boolean fails(WindowOrder order, long seed, List<Integer> steps) {
		try {
			new WindowWorld(order, seed).run(steps);
			return false;
		}
		catch (AssertionError | RuntimeException ex) {
			return true;
		}
	}

	@Test
	void rowsThatAreTooLargeAreNotKept() {
		LiveQuery query = WindowWorld.parse("SELECT * FROM items LIMIT 2",
				new WindowLimits(10, 5, 1200, Duration.ZERO));
		LiveWindow window = new LiveWindow(query);
		for (int i = 0; i < 7; i++) {
			window.learn(WindowWorld.placed(query, new WindowItem("k" + i, "1", i)));
		}
		window.learnt(true);
		assertThat(window.isTooLarge()).as("spare rows make room").isFalse();
		WindowItem large = new WindowItem("a" + "x".repeat(1000), "1", 1);
		window.move((Moved) new EvaluatedChange(new Change.Insert(large.row())).outcome(query));
		window.commit();
		assertThat(window.isTooLarge()).isTrue();
	}

	@Test
	void commitBehindTheWindowTellsNothing() {
		LiveQuery query = WindowWorld.parse("SELECT * FROM items LIMIT 1",
				new WindowLimits(10, 1, 10_000, Duration.ZERO));
		LiveWindow window = new LiveWindow(query);
		window.learn(WindowWorld.placed(query, new WindowItem("b", "1", 1)));
		window.learn(WindowWorld.placed(query, new WindowItem("c", "1", 1)));
		window.learnt(false);
		window.move((Moved) new EvaluatedChange(new Change.Delete(new WindowItem("c", "1", 1).row())).outcome(query));
		assertThat(window.commit()).isEmpty();
		assertThat(window.isShort()).isFalse();
		window.move((Moved) new EvaluatedChange(new Change.Delete(new WindowItem("b", "1", 1).row())).outcome(query));
		assertThat(window.commit()).singleElement()
			.satisfies((shown) -> assertThat(shown.operation()).isEqualTo(SubscriptionChange.Operation.DELETE));
		assertThat(window.isShort()).isTrue();
	}

}
