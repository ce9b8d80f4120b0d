package io.kalam.event;

import java.time.Clock;
import java.time.Instant;

/**
 * Tells how long ago something was committed, although the clocks of the database and of
 * this process may differ: what has come most quickly lately is taken to have come at
 * once. (The least of many one-way delays as the difference of two clocks: the clock
 * filter of RFC 5905, section 10.) Not thread-safe.
 */
final class CommitAge {

	/**
	 * How long a difference is good for: clocks are set, and databases move.
	 */
	private static final long WINDOW = 60_000;

	private final Clock clock;

	private long least = Long.MAX_VALUE;

	private long leastBefore = Long.MAX_VALUE;

	private long begun;

	CommitAge(Clock clock) {
		this.clock = clock;
	}

	/**
	 * The age of a commit that has just come.
	 * @param committed when it was committed, by the database's clock
	 * @return its age in milliseconds, not negative
	 */
	long of(Instant committed) {
		long now = this.clock.millis();
		if (now - this.begun > WINDOW) {
			this.leastBefore = (now - this.begun > 2 * WINDOW) ? Long.MAX_VALUE : this.least;
			this.least = Long.MAX_VALUE;
			this.begun = now;
		}
		long delay = now - committed.toEpochMilli();
		this.least = Math.min(this.least, delay);
		return delay - Math.min(this.least, this.leastBefore);
	}

}
