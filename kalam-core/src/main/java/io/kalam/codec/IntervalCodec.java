package io.kalam.codec;

import tools.jackson.core.JsonGenerator;

/**
 * {@code interval}, in the form of ISO 8601 with a sign for each field.
 */
final class IntervalCodec extends OrderedCodec<Interval> {

	private static final String DATE_UNITS = "YMD";

	private static final String TIME_UNITS = "HMS";

	@Override
	public Class<Interval> type() {
		return Interval.class;
	}

	@Override
	public Interval parse(String text) {
		return switch (text) {
			case "infinity" -> Interval.INFINITY;
			case "-infinity" -> Interval.NEGATIVE_INFINITY;
			default -> parseFields(text);
		};
	}

	private static Interval parseFields(String text) {
		TextCursor cursor = new TextCursor("interval", text);
		cursor.expect('P');
		try {
			long[] date = cursor.at('T') ? new long[3] : fields(cursor, DATE_UNITS, 1);
			long[] time = cursor.accept('T') ? fields(cursor, TIME_UNITS, Times.SECOND) : new long[3];
			cursor.expectEnd();
			long micros = Math.addExact(Math.multiplyExact(time[0], Times.HOUR),
					Math.multiplyExact(time[1], Times.MINUTE));
			int months = Math.toIntExact(Math.addExact(Math.multiplyExact(date[0], 12), date[1]));
			return new Interval(months, Math.toIntExact(date[2]), Math.addExact(micros, time[2]));
		}
		catch (ArithmeticException ex) {
			throw cursor.refuse();
		}
	}

	/**
	 * Reads numbers with their units, in order and at least one.
	 * @param cursor at the first number
	 * @param units the units that may occur
	 * @param scale by how much the last is multiplied; it may have a fraction if that is
	 * a million
	 * @return a number for each unit
	 */
	private static long[] fields(TextCursor cursor, String units, long scale) {
		long[] fields = new long[3];
		int next = 0;
		do {
			boolean negative = cursor.accept('-');
			long number = cursor.number(1, 18);
			boolean fraction = cursor.at('.');
			long micros = cursor.fraction();
			int unit = units.indexOf(cursor.next(), next);
			if (unit < 0 || (fraction && (unit < 2 || scale == 1))) {
				throw cursor.refuse();
			}
			long value = (unit == 2) ? Math.addExact(Math.multiplyExact(number, scale), micros) : number;
			fields[unit] = negative ? -value : value;
			next = unit + 1;
		}
		while (next < 3 && (cursor.atDigit() || cursor.at('-')));
		return fields;
	}

	@Override
	public String print(Interval value) {
		return value.toString();
	}

	@Override
	public void write(Interval value, JsonGenerator out) {
		out.writeString(value.toString());
	}

	@Override
	public boolean identifying() {
		return false;
	}

	@Override
	public int sizeOf(Interval value) {
		return 32;
	}

}
