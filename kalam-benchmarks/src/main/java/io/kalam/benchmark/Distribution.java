package io.kalam.benchmark;

import java.util.Arrays;

import org.springframework.util.Assert;

/**
 * How measured times are distributed.
 *
 * @param nanos the times in ascending order, in nanoseconds
 */
record Distribution(long[] nanos) {

	private static final double NANOS_PER_MILLI = 1e6;

	/**
	 * The distribution of times.
	 * @param nanos the times in any order; left as they are
	 * @return the distribution
	 */
	static Distribution of(long[] nanos) {
		Assert.isTrue(nanos.length > 0, "There is nothing to be distributed");
		long[] sorted = nanos.clone();
		Arrays.sort(sorted);
		return new Distribution(sorted);
	}

	/**
	 * A percentile by nearest rank: the least time that at least so many percent of all
	 * times do not exceed.
	 * @param percent more than 0, 100 at the most
	 * @return the percentile in milliseconds
	 */
	double percentile(double percent) {
		Assert.isTrue(percent > 0 && percent <= 100, "A percentile is more than 0 and at the most 100");
		int rank = (int) Math.ceil(percent / 100 * this.nanos.length);
		return this.nanos[rank - 1] / NANOS_PER_MILLI;
	}

	/**
	 * The longest time.
	 * @return the time in milliseconds
	 */
	double max() {
		return percentile(100);
	}

	/**
	 * The median: of an even number of values, the mean of the two in the middle.
	 * @param values the values in any order; left as they are
	 * @return the median
	 */
	static double median(double... values) {
		Assert.isTrue(values.length > 0, "There is no median of nothing");
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 != 0) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
