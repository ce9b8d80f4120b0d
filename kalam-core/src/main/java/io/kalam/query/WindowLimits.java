package io.kalam.query;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * What a query with LIMIT may cost while it is live.
 *
 * @param maxRows how many rows it may show
 * @param spareRows how many rows beyond those are kept, so that a row that goes can be
 * replaced without a read
 * @param maxBytes how many bytes all of them may take
 * @param refillInterval how long it takes at least from one read of more rows to the next
 */
public record WindowLimits(int maxRows, int spareRows, long maxBytes, Duration refillInterval) {

	/**
	 * 1000 rows, 50 spare ones, one megabyte, a read a second.
	 */
	public static final WindowLimits DEFAULT = new WindowLimits(1000, 50, 1 << 20, Duration.ofSeconds(1));

	/**
	 * The most that {@link #maxRows} and {@link #spareRows} may be.
	 */
	public static final int MOST_ROWS = 1_000_000;

	public WindowLimits {
		Assert.isTrue(maxRows > 0 && maxRows <= MOST_ROWS, "maxRows must be between 1 and " + MOST_ROWS);
		Assert.isTrue(spareRows >= 0 && spareRows <= MOST_ROWS, "spareRows must be between 0 and " + MOST_ROWS);
		Assert.isTrue(maxBytes > 0, "maxBytes must be positive");
		Assert.isTrue(!refillInterval.isNegative(), "refillInterval must not be negative");
	}

}
