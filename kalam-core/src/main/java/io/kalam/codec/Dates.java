package io.kalam.codec;

import java.time.LocalDate;

/**
 * Days since 2000-01-01, Postgres's epoch, and how they are spelt.
 */
final class Dates {

	/**
	 * 4714-11-24 BC, the first day that Postgres knows.
	 */
	static final long FIRST_DAY = -2451545;

	private static final long UNIX_EPOCH = -10957;

	private Dates() {
	}

	static long fromEpochDay(long epochDay) {
		return epochDay + UNIX_EPOCH;
	}

	static LocalDate toLocalDate(long day) {
		return LocalDate.ofEpochDay(day - UNIX_EPOCH);
	}

	static void printWithoutEra(LocalDate date, StringBuilder out) {
		int year = (date.getYear() > 0) ? date.getYear() : 1 - date.getYear();
		if (year < 1000) {
			out.append("0".repeat((year < 10) ? 3 : (year < 100) ? 2 : 1));
		}
		out.append(year).append('-');
		twoDigits(date.getMonthValue(), out);
		out.append('-');
		twoDigits(date.getDayOfMonth(), out);
	}

	static void printEra(LocalDate date, StringBuilder out) {
		if (date.getYear() <= 0) {
			out.append(" BC");
		}
	}

	static void twoDigits(long number, StringBuilder out) {
		if (number < 10) {
			out.append('0');
		}
		out.append(number);
	}

}
