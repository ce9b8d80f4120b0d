package io.kalam.codec;

import java.time.LocalDate;

import tools.jackson.core.JsonGenerator;

/**
 * {@code date}: days since 2000-01-01.
 */
final class DateCodec extends LongCodec {

	/**
	 * 5874898-01-01, the day after the last that Postgres knows.
	 */
	private static final long END = 2_145_031_949;

	@Override
	public Long parse(String text) {
		return switch (text) {
			case "infinity" -> INFINITY;
			case "-infinity" -> NEGATIVE_INFINITY;
			default -> parseDate(text);
		};
	}

	private static long parseDate(String text) {
		TextCursor cursor = new TextCursor("date", text);
		return inRange(YearMonthDay.read(cursor).toDay(cursor));
	}

	private static long inRange(long day) {
		if (day < Dates.FIRST_DAY || day >= END) {
			throw TextCursor.refuse("date");
		}
		return day;
	}

	@Override
	public String print(Long value) {
		if (!isFinite(value)) {
			return printInfinity(value);
		}
		LocalDate date = Dates.toLocalDate(value);
		StringBuilder out = new StringBuilder(16);
		Dates.printWithoutEra(date, out);
		Dates.printEra(date, out);
		return out.toString();
	}

	@Override
	public void write(Long value, JsonGenerator out) {
		out.writeString(isFinite(value) ? Dates.toLocalDate(value).toString() : printInfinity(value));
	}

}
