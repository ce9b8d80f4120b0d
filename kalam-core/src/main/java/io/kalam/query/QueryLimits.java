package io.kalam.query;

import org.springframework.util.Assert;

/**
 * What a query may cost.
 *
 * @param maxLength how long the text may be, in bytes of UTF-8
 * @param maxTerms how many conditions it may have
 * @param maxInList how many values a list may have
 * @param maxNesting how deeply parentheses, NOT and signs may be nested
 * @param windows what a query with LIMIT may cost while it is live
 */
public record QueryLimits(int maxLength, int maxTerms, int maxInList, int maxNesting, WindowLimits windows) {

	/**
	 * 8 KiB, 64 terms, 1024 values in a list, nested 32 deep; windows of 1000 rows.
	 */
	public static final QueryLimits DEFAULT = new QueryLimits(8192, 64, 1024, 32, WindowLimits.DEFAULT);

	private static final int NESTING_THAT_FITS_ON_A_STACK = 100;

	public QueryLimits {
		Assert.isTrue(maxLength > 0 && maxTerms > 0 && maxInList > 0, "limits must be positive");
		Assert.isTrue(maxNesting > 0 && maxNesting <= NESTING_THAT_FITS_ON_A_STACK,
				"maxNesting must be between 1 and " + NESTING_THAT_FITS_ON_A_STACK);
	}

}
