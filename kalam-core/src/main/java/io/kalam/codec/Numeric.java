package io.kalam.codec;

import java.math.BigDecimal;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A value of type {@code numeric}: a number with the scale that Postgres keeps for it, an
 * infinity, or NaN, which equals itself and is greater than all others. {@code equals}
 * tells whether two values are printed alike; {@code 1.5} and {@code 1.50} are not, and
 * yet neither is the greater.
 */
public final class Numeric implements Comparable<Numeric> {

	/**
	 * Less than every number.
	 */
	public static final Numeric NEGATIVE_INFINITY = new Numeric(BigDecimal.ZERO, -1, "-Infinity");

	/**
	 * Greater than every number.
	 */
	public static final Numeric POSITIVE_INFINITY = new Numeric(BigDecimal.ZERO, 1, "Infinity");

	/**
	 * Greater than everything else.
	 */
	public static final Numeric NAN = new Numeric(BigDecimal.ZERO, 2, "NaN");

	private static final int MAX_INTEGER_DIGITS = 131072;

	private static final int MAX_SCALE = 16383;

	private static final int MAX_EXPONENT_LENGTH = "e+999999".length();

	private final BigDecimal number;

	private final int rank;

	private final @Nullable String name;

	private Numeric(BigDecimal number, int rank, @Nullable String name) {
		this.number = number;
		this.rank = rank;
		this.name = name;
	}

	/**
	 * Reads a number or one of the special values.
	 * @param text the text
	 * @return the value
	 * @throws CodecException if it is none or has more digits than Postgres allows
	 */
	public static Numeric parse(String text) {
		return switch (text) {
			case "NaN" -> NAN;
			case "Infinity" -> POSITIVE_INFINITY;
			case "-Infinity" -> NEGATIVE_INFINITY;
			default -> parseNumber(text);
		};
	}

	private static Numeric parseNumber(String text) {
		int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
		boolean hugeExponent = exponent >= 0 && text.length() - exponent > MAX_EXPONENT_LENGTH;
		if (hugeExponent || !FloatText.isNumber(text)) {
			throw TextCursor.refuse("numeric");
		}
		return of(new BigDecimal(text));
	}

	/**
	 * A number.
	 * @param number the number; a negative scale becomes 0
	 * @return the value
	 * @throws CodecException if it has more digits than Postgres allows
	 */
	public static Numeric of(BigDecimal number) {
		boolean tooLong = number.scale() > MAX_SCALE
				|| (number.signum() != 0 && (long) number.precision() - number.scale() > MAX_INTEGER_DIGITS);
		if (tooLong) {
			throw TextCursor.refuse("numeric");
		}
		if (number.signum() == 0 && number.scale() < 0) {
			return new Numeric(BigDecimal.ZERO, 0, null);
		}
		return new Numeric((number.scale() < 0) ? number.setScale(0) : number, 0, null);
	}

	/**
	 * Whether this is a number.
	 * @return false for NaN and the infinities
	 */
	public boolean isFinite() {
		return this.rank == 0;
	}

	/**
	 * The number.
	 * @return the number, 0 if this is none
	 */
	public BigDecimal number() {
		return this.number;
	}

	@Override
	public int compareTo(Numeric other) {
		return (this.rank != other.rank) ? Integer.compare(this.rank, other.rank) : this.number.compareTo(other.number);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Numeric numeric && this.rank == numeric.rank && this.number.equals(numeric.number);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.rank, this.number);
	}

	/**
	 * What Postgres prints.
	 */
	@Override
	public String toString() {
		return (this.name != null) ? this.name : this.number.toPlainString();
	}

}
