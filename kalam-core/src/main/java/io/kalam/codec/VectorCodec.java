package io.kalam.codec;

import java.util.function.Consumer;

import tools.jackson.core.JsonGenerator;

/**
 * {@code vector} of the extension of that name: finite {@code float4} that are printed as
 * {@code [1,2.5]}, written as an array of numbers, each as {@code float4} is.
 */
final class VectorCodec extends StringCodec {

	private static final String TYPE = "vector";

	VectorCodec() {
		super(TextOrder.UNKNOWN);
	}

	@Override
	public String parse(String text) {
		read(text, (number) -> {
			if (!Float.isFinite(number)) {
				throw TextCursor.refuse(TYPE);
			}
		});
		return text;
	}

	@Override
	public void write(String value, JsonGenerator out) {
		out.writeStartArray();
		read(value, (number) -> FloatCodec.FLOAT4.write(number, out));
		out.writeEndArray();
	}

	@Override
	public String typeScriptType() {
		return "number[]";
	}

	private static void read(String text, Consumer<Float> numbers) {
		int end = text.length() - 1;
		if (end < 1 || text.charAt(0) != '[' || text.charAt(end) != ']') {
			throw TextCursor.refuse(TYPE);
		}
		int start = 1;
		while (start <= end) {
			int comma = text.indexOf(',', start);
			int stop = (comma >= 0) ? comma : end;
			numbers.accept(FloatCodec.FLOAT4.parse(text.substring(start, stop)));
			start = stop + 1;
		}
	}

}
