package io.kalam.codec;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.schubfach.DoubleToDecimal;

/**
 * {@code float8}; NaN equals itself and is the greatest value, both zeros are equal.
 */
final class Float8Codec implements Codec<Double> {

	@Override
	public Class<Double> type() {
		return Double.class;
	}

	@Override
	public Double parse(String text) {
		return switch (text) {
			case "NaN" -> Double.NaN;
			case "Infinity" -> Double.POSITIVE_INFINITY;
			case "-Infinity" -> Double.NEGATIVE_INFINITY;
			default -> parseNumber(text);
		};
	}

	private static Double parseNumber(String text) {
		if (!FloatText.isNumber(text)) {
			throw TextCursor.refuse("float8");
		}
		double value = Double.parseDouble(text);
		boolean underflow = value == 0 && !FloatText.isZero(text);
		if (Double.isInfinite(value) || underflow) {
			throw TextCursor.refuse("float8");
		}
		return value;
	}

	@Override
	public String print(Double value) {
		return DoubleToDecimal.toString(value);
	}

	@Override
	public void write(Double value, JsonGenerator out) {
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
	public int compare(Double left, Double right) {
		double a = left;
		double b = right;
		return (a == b) ? 0 : Double.compare(a, b);
	}

	@Override
	public int sizeOf(Double value) {
		return 24;
	}

}
