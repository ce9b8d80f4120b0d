package io.kalam.codec;

import tools.jackson.core.JsonGenerator;

/**
 * The integers {@code int2}, {@code int4}, {@code int8} and {@code oid}; all of them
 * {@code Long}, so that those of different width can be compared.
 */
final class IntegerCodec extends OrderedCodec<Long> {

	private final String name;

	private final long min;

	private final long max;

	private final boolean quoted;

	/**
	 * A codec of some width.
	 * @param name the type's name
	 * @param min the least value
	 * @param max the greatest value
	 * @param quoted whether JSON carries a string, because a JavaScript number would lose
	 * digits
	 */
	IntegerCodec(String name, long min, long max, boolean quoted) {
		this.name = name;
		this.min = min;
		this.max = max;
		this.quoted = quoted;
	}

	@Override
	public Class<Long> type() {
		return Long.class;
	}

	@Override
	public Long parse(String text) {
		TextCursor cursor = new TextCursor(this.name, text);
		if (!cursor.accept('-')) {
			cursor.accept('+');
		}
		if (!cursor.atDigit()) {
			throw cursor.refuse();
		}
		try {
			return inRange(Long.parseLong(text));
		}
		catch (NumberFormatException ex) {
			throw cursor.refuse();
		}
	}

	private long inRange(long value) {
		if (value < this.min || value > this.max) {
			throw TextCursor.refuse(this.name);
		}
		return value;
	}

	@Override
	public String print(Long value) {
		return value.toString();
	}

	@Override
	public void write(Long value, JsonGenerator out) {
		if (this.quoted) {
			out.writeString(value.toString());
		}
		else {
			out.writeNumber(value.longValue());
		}
	}

	@Override
	public String typeScriptType() {
		return this.quoted ? "string" : "number";
	}

	@Override
	public boolean identifying() {
		return true;
	}

	@Override
	public int sizeOf(Long value) {
		return 24;
	}

}
