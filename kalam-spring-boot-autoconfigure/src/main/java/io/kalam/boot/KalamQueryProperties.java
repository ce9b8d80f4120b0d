package io.kalam.boot;

import java.time.Duration;

import io.kalam.query.QueryLimits;
import io.kalam.query.WindowLimits;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of live queries.
 *
 * @param maxLength length of the SQL text in bytes of UTF-8
 * @param maxTerms number of terms in the predicate
 * @param maxInList number of values in an IN list
 * @param maxDepth nesting of the predicate, 100 at the most
 * @param window queries with LIMIT
 */
public record KalamQueryProperties(@DefaultValue("8192") int maxLength, @DefaultValue("64") int maxTerms,
		@DefaultValue("1024") int maxInList, @DefaultValue("32") int maxDepth, @DefaultValue Window window) {

	private static final int DEEPEST = 100;

	public KalamQueryProperties {
		PropertyChecks.positive("query.max-length", maxLength);
		PropertyChecks.positive("query.max-terms", maxTerms);
		PropertyChecks.positive("query.max-in-list", maxInList);
		PropertyChecks.check(maxDepth > 0 && maxDepth <= DEEPEST, "query.max-depth", maxDepth,
				"It must be between 1 and " + DEEPEST + ".");
	}

	QueryLimits limits() {
		return new QueryLimits(this.maxLength, this.maxTerms, this.maxInList, this.maxDepth, this.window.limits());
	}

	/**
	 * Queries with LIMIT.
	 *
	 * @param maxRows greatest LIMIT, 1000000 at the most
	 * @param spareRows rows that the server keeps behind the last one that is shown, so
	 * that one that goes is replaced without a read
	 * @param maxSize memory for the rows of one query; a subscription with larger ones
	 * ends
	 * @param refillInterval how long it takes at least from one read of rows that move up
	 * to the next
	 */
	public record Window(@DefaultValue("1000") int maxRows, @DefaultValue("50") int spareRows,
			@DefaultValue("1MB") DataSize maxSize, @DefaultValue("1s") Duration refillInterval) {

		public Window {
			PropertyChecks.check(maxRows > 0 && maxRows <= WindowLimits.MOST_ROWS, "query.window.max-rows", maxRows,
					"It must be between 1 and " + WindowLimits.MOST_ROWS + ".");
			PropertyChecks.check(spareRows >= 0 && spareRows <= WindowLimits.MOST_ROWS, "query.window.spare-rows",
					spareRows, "It must be between 0 and " + WindowLimits.MOST_ROWS + ".");
			PropertyChecks.positive("query.window.max-size", maxSize);
			PropertyChecks.notNegative("query.window.refill-interval", refillInterval);
		}

		private WindowLimits limits() {
			return new WindowLimits(this.maxRows, this.spareRows, this.maxSize.toBytes(), this.refillInterval);
		}

	}

}
