package io.kalam.pipeline;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: full jitter up to a bound that doubles with each
 * failure (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
 */
final class Backoff {

	private static final Duration BASE = Duration.ofMillis(200);

	private static final Duration CAP = Duration.ofSeconds(30);

	private static final int MAX_DOUBLINGS = 8;

	private final RandomGenerator random;

	private int failures;

	Backoff(RandomGenerator random) {
		this.random = random;
	}

	/**
	 * The time to wait after another failure.
	 * @return a random time, 50 ms to 30 s
	 */
	Duration next() {
		long bound = Math.min(CAP.toMillis(), BASE.toMillis() << Math.min(this.failures, MAX_DOUBLINGS));
		this.failures++;
		return Duration.ofMillis(50 + this.random.nextLong(bound));
	}

	/**
	 * Forgets the failures.
	 */
	void reset() {
		this.failures = 0;
	}

}
