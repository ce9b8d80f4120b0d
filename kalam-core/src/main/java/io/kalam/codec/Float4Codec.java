package io.kalam.codec;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.schubfach.FloatToDecimal;

/**
 * {@code float4}; NaN equals itself and is the greatest value, both zeros are equal.
 */
final class Float4Codec implements Codec<Float> {

	@Override
	public Class<Float> type() {
		return Float.class;
	}

	@Override
	public Float parse(String text) {
		return switch (text) {
			case "NaN" -> Float.NaN;
			case "Infinity" -> Float.POSITIVE_INFINITY;
			case "-Infinity" -> Float.NEGATIVE_INFINITY;
			default -> parseNumber(text);
		};
	}

	private static Float parseNumber(String text) {
		if (!FloatText.isNumber(text)) {
			throw TextCursor.refuse("float4");
		}
		float value = Float.parseFloat(text);
		boolean underflow = value == 0 && !FloatText.isZero(text);
		if (Float.isInfinite(value) || underflow) {
			throw TextCursor.refuse("float4");
		}
		return value;
	}

	@Override
	public String print(Float value) {
		return FloatToDecimal.toString(value);
	}

	@Override
	public void write(Float value, JsonGenerator out) {
		FloatText.write(value, print(value), out);
	}

	@Override
	public boolean ordered() {
		return true;
	}

	@Override
	public boolean comparable() {
		return true;
	}

	@Override
	public boolean identifying() {
		return false;
	}

	@Override
	public int compare(Float left, Float right) {
		float a = left;
		float b = right;
		return (a == b) ? 0 : Float.compare(a, b);
	}

	@Override
	public int sizeOf(Float value) {
		return 16;
	}

}
