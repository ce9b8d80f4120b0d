package io.kalam.codec;

import java.time.LocalDate;

import tools.jackson.core.JsonGenerator;

/**
 * {@code timestamp} and {@code timestamptz}: microseconds since 2000-01-01, in UTC for
 * the latter.
 */
final class TimestampCodec extends LongCodec {

	/**
	 * 294277-01-01, the day after the last that Postgres knows.
	 */
	private static final long END_DAY = 106_751_983;

	private final String name;

	private final boolean zoned;

	TimestampCodec(String name, boolean zoned) {
		this.name = name;
		this.zoned = zoned;
	}

	@Override
	public Long parse(String text) {
		return switch (text) {
			case "infinity" -> INFINITY;
			case "-infinity" -> NEGATIVE_INFINITY;
			default -> parseTimestamp(text);
		};
	}

	private long parseTimestamp(String text) {
		TextCursor cursor = new TextCursor(this.name, text);
		YearMonthDay date = YearMonthDay.read(cursor);
		long time = 0;
		if (cursor.accept('T') || cursor.atDigitAfter(' ')) {
			cursor.accept(' ');
			time = Times.read(cursor);
			boolean zone = this.zoned && !cursor.atEnd() && !cursor.at(' ');
			time -= zone ? Times.readZone(cursor) * Times.SECOND : 0;
		}
		return inRange(date.toDay(cursor), time);
	}

	private long inRange(long day, long time) {
		if (day < Dates.FIRST_DAY - 1 || day > END_DAY) {
			throw TextCursor.refuse(this.name);
		}
		long micros = day * Times.DAY + time;
		if (micros < Dates.FIRST_DAY * Times.DAY || micros >= END_DAY * Times.DAY) {
			throw TextCursor.refuse(this.name);
		}
		return micros;
	}

	@Override
	public String print(Long value) {
		if (!isFinite(value)) {
			return printInfinity(value);
		}
		LocalDate date = date(value);
		StringBuilder out = new StringBuilder(32);
		Dates.printWithoutEra(date, out);
		out.append(' ');
		Times.print(Math.floorMod(value, Times.DAY), out);
		if (this.zoned) {
			out.append("+00");
		}
		Dates.printEra(date, out);
		return out.toString();
	}

	@Override
	public void write(Long value, JsonGenerator out) {
		if (!isFinite(value)) {
			out.writeString(printInfinity(value));
			return;
		}
		StringBuilder text = new StringBuilder(32).append(date(value)).append('T');
		Times.printJson(Math.floorMod(value, Times.DAY), text);
		if (this.zoned) {
			text.append('Z');
		}
		out.writeString(text.toString());
	}

	private static LocalDate date(long micros) {
		return Dates.toLocalDate(Math.floorDiv(micros, Times.DAY));
	}

}
