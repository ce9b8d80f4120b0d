package io.kalam.codec;

import java.util.Set;
import java.util.function.Function;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.schubfach.DoubleToDecimal;
import tools.jackson.core.io.schubfach.FloatToDecimal;

/**
 * {@code float4} and {@code float8}; NaN equals itself and is the greatest value, both
 * zeros are equal. Numbers are written in the shortest form that reads back in their own
 * width, by R. Giulietti's Schubfach as it is in Jackson: the {@code toString} of JDK 17
 * is not always the shortest.
 *
 * @param <T> the Java type of that width
 */
final class FloatCodec<T extends Number> implements Codec<T> {

	static final Codec<Float> FLOAT4 = new FloatCodec<>("float4", Float.class, Float::valueOf, FloatToDecimal::toString,
			16);

	static final Codec<Double> FLOAT8 = new FloatCodec<>("float8", Double.class, Double::valueOf,
			DoubleToDecimal::toString, 24);

	private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

	private final String name;

	private final Class<T> type;

	private final Function<String, T> reader;

	private final Function<T, String> printer;

	private final int size;

	private FloatCodec(String name, Class<T> type, Function<String, T> reader, Function<T, String> printer, int size) {
		this.name = name;
		this.type = type;
		this.reader = reader;
		this.printer = printer;
		this.size = size;
	}

	@Override
	public Class<T> type() {
		return this.type;
	}

	@Override
	public T parse(String text) {
		if (NOT_FINITE.contains(text)) {
			return this.reader.apply(text);
		}
		if (!FloatText.isNumber(text)) {
			throw TextCursor.refuse(this.name);
		}
		T number = this.reader.apply(text);
		double value = number.doubleValue();
		boolean underflow = value == 0 && !FloatText.isZero(text);
		if (Double.isInfinite(value) || underflow) {
			throw TextCursor.refuse(this.name);
		}
		return number;
	}

	@Override
	public String print(T value) {
		return this.printer.apply(value);
	}

	@Override
	public void write(T value, JsonGenerator out) {
		if (Double.isFinite(value.doubleValue())) {
			out.writeNumber(print(value));
		}
		else {
			out.writeString(print(value));
		}
	}

	@Override
	public String typeScriptType() {
		return "number | \"NaN\" | \"Infinity\" | \"-Infinity\"";
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
	public int compare(T left, T right) {
		double a = left.doubleValue();
		double b = right.doubleValue();
		return (a == b) ? 0 : Double.compare(a, b);
	}

	@Override
	public int sizeOf(T value) {
		return this.size;
	}

}
