package io.kalam.codec;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * A date whose era is not yet known: Postgres prints it at the very end.
 *
 * @param year the year of the era
 * @param month the month, from 1
 * @param day the day of the month
 */
record YearMonthDay(int year, int month, int day) {

	static YearMonthDay read(TextCursor cursor) {
		int year = (int) cursor.number(4, 7);
		cursor.expect('-');
		int month = (int) cursor.number(2, 2);
		cursor.expect('-');
		return new YearMonthDay(year, month, (int) cursor.number(2, 2));
	}

	/**
	 * Reads the era and the end of the text.
	 * @param cursor behind all else
	 * @return days since 2000-01-01
	 */
	long toDay(TextCursor cursor) {
		boolean beforeChrist = cursor.accept(" BC");
		cursor.expectEnd();
		if (this.year == 0) {
			throw cursor.refuse();
		}
		try {
			LocalDate date = LocalDate.of(beforeChrist ? 1 - this.year : this.year, this.month, this.day);
			return Dates.fromEpochDay(date.toEpochDay());
		}
		catch (DateTimeException ex) {
			throw cursor.refuse();
		}
	}

}
