package io.kalam.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a subscription is told of changes that wait for its client. One that takes them as
 * they come is told each commit, whatever was chosen.
 */
public enum Delivery {

	/** Every change, in its commit. */
	ALL,

	/** Of each row the last change: consecutive commits that wait are told as one. */
	LATEST;

	/**
	 * The names by which clients choose, the default first.
	 * @return the names
	 */
	public static List<String> names() {
		return Arrays.stream(values()).map(Delivery::toString).toList();
	}

	/**
	 * The delivery of a name.
	 * @param name one of the {@linkplain #names() names}
	 * @return the delivery
	 * @throws IllegalArgumentException if it is none of them
	 */
	public static Delivery of(String name) {
		return values()[check(name, names().indexOf(name))];
	}

	private static int check(String name, int index) {
		if (index < 0) {
			throw new IllegalArgumentException("No delivery is called " + name);
		}
		return index;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
