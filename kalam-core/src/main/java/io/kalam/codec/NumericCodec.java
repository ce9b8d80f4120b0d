package io.kalam.codec;

import java.math.BigDecimal;

import tools.jackson.core.JsonGenerator;

/**
 * {@code numeric}.
 */
final class NumericCodec implements Codec<Numeric> {

	private static final int MAX_EXPONENT_DIGITS = 6;

	@Override
	public Class<Numeric> type() {
		return Numeric.class;
	}

	@Override
	public Numeric parse(String text) {
		return switch (text) {
			case "NaN" -> Numeric.NAN;
			case "Infinity" -> Numeric.POSITIVE_INFINITY;
			case "-Infinity" -> Numeric.NEGATIVE_INFINITY;
			default -> parseNumber(text);
		};
	}

	private static Numeric parseNumber(String text) {
		int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
		boolean hugeExponent = exponent >= 0 && text.length() - exponent > MAX_EXPONENT_DIGITS + 2;
		if (hugeExponent || !FloatText.isNumber(text)) {
			throw TextCursor.refuse("numeric");
		}
		return Numeric.of(new BigDecimal(text));
	}

	/**
	 * The capture hands over text, with names of its own for what is not a number.
	 */
	@Override
	public Numeric adapt(Object value) {
		if (value instanceof BigDecimal number) {
			return Numeric.of(number);
		}
		if (value instanceof String text) {
			return adaptText(text);
		}
		throw TextCursor.refuse("numeric");
	}

	private Numeric adaptText(String text) {
		return switch (text) {
			case "NAN" -> Numeric.NAN;
			case "POSITIVE_INFINITY" -> Numeric.POSITIVE_INFINITY;
			case "NEGATIVE_INFINITY" -> Numeric.NEGATIVE_INFINITY;
			default -> parse(text);
		};
	}

	@Override
	public String print(Numeric value) {
		return value.toString();
	}

	@Override
	public void write(Numeric value, JsonGenerator out) {
		out.writeString(value.toString());
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
	public int compare(Numeric left, Numeric right) {
		return left.compareTo(right);
	}

	@Override
	public int sizeOf(Numeric value) {
		return 88 + value.number().precision() / 2;
	}

}
