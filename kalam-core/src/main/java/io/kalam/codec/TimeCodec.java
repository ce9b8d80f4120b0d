package io.kalam.codec;

import tools.jackson.core.JsonGenerator;

/**
 * {@code time}: microseconds since midnight, {@code 24:00:00} included.
 */
final class TimeCodec extends LongCodec {

	@Override
	public Long parse(String text) {
		TextCursor cursor = new TextCursor("time", text);
		long micros = Times.read(cursor);
		cursor.expectEnd();
		return micros;
	}

	@Override
	public String print(Long value) {
		StringBuilder out = new StringBuilder(16);
		Times.print(value, out);
		return out.toString();
	}

	@Override
	public void write(Long value, JsonGenerator out) {
		StringBuilder text = new StringBuilder(16);
		Times.printJson(value, text);
		out.writeString(text.toString());
	}

}
