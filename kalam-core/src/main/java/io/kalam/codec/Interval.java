package io.kalam.codec;

/**
 * A value of type {@code interval}: three lengths that are never converted into each
 * other, except to compare two intervals, when a month is 30 days and a day 24 hours.
 *
 * @param months months
 * @param days days
 * @param micros microseconds
 */
public record Interval(int months, int days, long micros) implements Comparable<Interval> {

	/**
	 * Longer than every other.
	 */
	public static final Interval INFINITY = new Interval(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

	/**
	 * Shorter than every other.
	 */
	public static final Interval NEGATIVE_INFINITY = new Interval(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE);

	@Override
	public int compareTo(Interval other) {
		int days = Long.compare(totalDays(), other.totalDays());
		return (days != 0) ? days
				: Long.compare(Math.floorMod(this.micros, Times.DAY), Math.floorMod(other.micros, Times.DAY));
	}

	private long totalDays() {
		return this.months * 30L + this.days + Math.floorDiv(this.micros, Times.DAY);
	}

	/**
	 * What Postgres prints in the style {@code iso_8601}.
	 */
	@Override
	public String toString() {
		if (equals(INFINITY)) {
			return "infinity";
		}
		if (equals(NEGATIVE_INFINITY)) {
			return "-infinity";
		}
		StringBuilder out = new StringBuilder(24).append('P');
		print(this.months / 12, 'Y', out);
		print(this.months % 12, 'M', out);
		print(this.days, 'D', out);
		if (this.micros != 0) {
			printTime(out.append('T'));
		}
		return (out.length() > 1) ? out.toString() : "PT0S";
	}

	private void printTime(StringBuilder out) {
		print(this.micros / Times.HOUR, 'H', out);
		print(this.micros / Times.MINUTE % 60, 'M', out);
		long seconds = this.micros % Times.MINUTE;
		if (seconds != 0) {
			out.append((seconds < 0) ? "-" : "").append(Math.abs(seconds / Times.SECOND));
			Times.printFraction(Math.abs(seconds % Times.SECOND), out);
			out.append('S');
		}
	}

	private static void print(long number, char unit, StringBuilder out) {
		if (number != 0) {
			out.append(number).append(unit);
		}
	}

}
