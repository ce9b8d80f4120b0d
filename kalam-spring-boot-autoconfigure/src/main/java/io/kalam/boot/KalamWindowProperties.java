package io.kalam.boot;

import java.time.Duration;

import io.kalam.query.WindowLimits;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Queries with LIMIT.
 *
 * @param maxRows greatest LIMIT, 1000000 at the most
 * @param spareRows rows that the server keeps behind the last one that is shown, so that
 * one that goes is replaced without a read
 * @param maxSize memory for the rows of one query; a subscription with larger ones ends
 * @param refillInterval how long it takes at least from one read of rows that move up to
 * the next
 */
public record KalamWindowProperties(@DefaultValue("1000") int maxRows, @DefaultValue("50") int spareRows,
		@DefaultValue("1MB") DataSize maxSize, @DefaultValue("1s") Duration refillInterval) {

	public KalamWindowProperties {
		PropertyChecks.check(maxRows > 0 && maxRows <= WindowLimits.MOST_ROWS, "query.window.max-rows", maxRows,
				"It must be between 1 and " + WindowLimits.MOST_ROWS + ".");
		PropertyChecks.check(spareRows >= 0 && spareRows <= WindowLimits.MOST_ROWS, "query.window.spare-rows",
				spareRows, "It must be between 0 and " + WindowLimits.MOST_ROWS + ".");
		PropertyChecks.positive("query.window.max-size", maxSize);
		PropertyChecks.notNegative("query.window.refill-interval", refillInterval);
	}

	WindowLimits limits() {
		return new WindowLimits(this.maxRows, this.spareRows, this.maxSize.toBytes(), this.refillInterval);
	}

}
