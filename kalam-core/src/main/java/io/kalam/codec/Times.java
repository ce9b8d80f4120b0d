package io.kalam.codec;

/**
 * Microseconds of a day, and how they are spelt.
 */
final class Times {

	static final long SECOND = 1_000_000;

	static final long MINUTE = 60 * SECOND;

	static final long HOUR = 60 * MINUTE;

	static final long DAY = 24 * HOUR;

	private Times() {
	}

	/**
	 * Reads {@code HH:MM[:SS[.ffffff]]}, up to {@code 24:00:00}.
	 * @param cursor at the hour
	 * @return microseconds since midnight
	 */
	static long read(TextCursor cursor) {
		long hour = cursor.number(2, 2);
		cursor.expect(':');
		long minute = cursor.number(2, 2);
		long second = 0;
		long fraction = 0;
		if (cursor.accept(':')) {
			second = cursor.number(2, 2);
			fraction = cursor.fraction();
		}
		long micros = hour * HOUR + minute * MINUTE + second * SECOND + fraction;
		if (minute > 59 || second > 59 || micros > DAY) {
			throw cursor.refuse();
		}
		return micros;
	}

	/**
	 * Reads {@code Z} or {@code ±HH[:MM[:SS]]}.
	 * @param cursor at the zone
	 * @return seconds east of Greenwich
	 */
	static int readZone(TextCursor cursor) {
		if (cursor.accept('Z')) {
			return 0;
		}
		boolean west = cursor.accept('-');
		if (!west) {
			cursor.expect('+');
		}
		long hour = cursor.number(2, 2);
		long minute = cursor.accept(':') ? cursor.number(2, 2) : 0;
		long second = cursor.accept(':') ? cursor.number(2, 2) : 0;
		if (hour > 15 || minute > 59 || second > 59) {
			throw cursor.refuse();
		}
		int seconds = (int) (hour * 3600 + minute * 60 + second);
		return west ? -seconds : seconds;
	}

	static void print(long micros, StringBuilder out) {
		printSeconds(micros, out);
		printFraction(micros % SECOND, out);
	}

	/**
	 * Prints as JSON has it: no fraction, or one of three or six digits.
	 * @param micros microseconds since midnight
	 * @param out where to print to
	 */
	static void printJson(long micros, StringBuilder out) {
		printSeconds(micros, out);
		int fraction = (int) (micros % SECOND);
		if (fraction == 0) {
			return;
		}
		out.append('.');
		if (fraction % 1000 == 0) {
			digits(fraction / 1000, 100, out);
		}
		else {
			digits(fraction, 100_000, out);
		}
	}

	/**
	 * Prints a decimal point and millionths without zeros at the end, nothing for zero.
	 * @param fraction millionths
	 * @param out where to print to
	 */
	static void printFraction(long fraction, StringBuilder out) {
		if (fraction == 0) {
			return;
		}
		out.append('.');
		digits(fraction, 100_000, out);
		int length = out.length();
		while (out.charAt(length - 1) == '0') {
			length--;
		}
		out.setLength(length);
	}

	private static void printSeconds(long micros, StringBuilder out) {
		Dates.twoDigits(micros / HOUR, out);
		out.append(':');
		Dates.twoDigits(micros / MINUTE % 60, out);
		out.append(':');
		Dates.twoDigits(micros / SECOND % 60, out);
	}

	private static void digits(long number, long power, StringBuilder out) {
		for (long place = power; place > 0; place /= 10) {
			out.append((char) ('0' + number / place % 10));
		}
	}

}
