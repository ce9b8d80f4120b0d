package io.kalam.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds a small part of a list with which something still fails, by leaving out ever
 * smaller runs of it: <em>ddmin</em> of Zeller and Hildebrandt, "Simplifying and
 * Isolating Failure-Inducing Input", 2002.
 */
public final class Shrinker {

	private Shrinker() {
	}

	/**
	 * Shrinks a list.
	 * @param all what fails
	 * @param fails whether a part of it, in the same order, fails
	 * @param limit when to be content with what was found
	 * @return a part that fails; without any one of its elements it does not, unless the
	 * time was over
	 */
	public static <T> List<T> shrink(List<T> all, Predicate<List<T>> fails, Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		List<T> smallest = all;
		int size = Math.max(1, all.size() / 2);
		while (!smallest.isEmpty() && System.nanoTime() < end) {
			List<T> smaller = without(smallest, size, fails, end);
			if (smaller.size() < smallest.size()) {
				smallest = smaller;
				size = Math.max(1, Math.min(size, smallest.size() / 2));
			}
			else if (size == 1) {
				return smallest;
			}
			else {
				size = size / 2;
			}
		}
		return smallest;
	}

	private static <T> List<T> without(List<T> all, int size, Predicate<List<T>> fails, long end) {
		List<T> smallest = all;
		int place = 0;
		while (place < smallest.size() && System.nanoTime() < end) {
			List<T> candidate = new ArrayList<>(smallest.subList(0, place));
			candidate.addAll(smallest.subList(Math.min(smallest.size(), place + size), smallest.size()));
			if (fails.test(candidate)) {
				smallest = candidate;
			}
			else {
				place += size;
			}
		}
		return smallest;
	}

}
