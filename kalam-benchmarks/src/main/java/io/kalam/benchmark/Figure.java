package io.kalam.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * One figure over the rounds.
 *
 * @param what what was measured, with its unit
 * @param whose whose figure it is
 * @param lowest the lowest round's
 * @param median the median
 * @param highest the highest round's
 */
record Figure(String what, String whose, double lowest, double median, double highest) {

	/**
	 * The figure of some rounds.
	 * @param what what was measured, with its unit
	 * @param whose whose figure it is
	 * @param rounds the rounds' values in any order, one at least
	 * @return the figure
	 */
	static Figure of(String what, String whose, double... rounds) {
		return new Figure(what, whose, Arrays.stream(rounds).min().orElseThrow(), Distribution.median(rounds),
				Arrays.stream(rounds).max().orElseThrow());
	}

	/**
	 * The values of some samples.
	 * @param samples the samples of all rounds
	 * @param which which of them
	 * @param value the value of one of them
	 * @return the values, in the order of the rounds
	 */
	static <T> double[] rounds(List<T> samples, Predicate<T> which, ToDoubleFunction<T> value) {
		return samples.stream().filter(which).mapToDouble(value).toArray();
	}

}
