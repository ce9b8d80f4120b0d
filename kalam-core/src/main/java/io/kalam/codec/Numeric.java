package io.kalam.codec;

import java.math.BigDecimal;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A value of type {@code numeric}: a number with the scale that Postgres keeps for it, an
 * infinity, or NaN, which equals itself and is greater than all others. {@code equals}
 * tells whether two values are printed alike; {@code 1.5} and {@code 1.50} are not, and
 * yet neither is the greater. Of a number of very many digits the text is kept, and it is
 * read when somebody calculates with it.
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

	private final int rank;

	private final @Nullable String text;

	/**
	 * Read by whichever threads need it; each finds the same.
	 */
	private volatile @Nullable BigDecimal number;

	private Numeric(@Nullable BigDecimal number, int rank, @Nullable String text) {
		this.number = number;
		this.rank = rank;
		this.text = text;
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
		if (LongDigits.isPrinted(text, MAX_INTEGER_DIGITS, MAX_SCALE)) {
			return new Numeric(null, 0, text);
		}
		return of(read(text, exponent));
	}

	private static BigDecimal read(String text, int exponent) {
		if (text.length() < LongDigits.LONG) {
			return new BigDecimal(text);
		}
		if (exponent < 0) {
			return LongDigits.read(text);
		}
		BigDecimal digits = LongDigits.read(text.substring(0, exponent));
		return digits.scaleByPowerOfTen(Integer.parseInt(text.substring(exponent + 1)));
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
		BigDecimal number = this.number;
		if (number == null) {
			number = LongDigits.read(toString());
			this.number = number;
		}
		return number;
	}

	/**
	 * Whether the text is known and long, so that it is better passed on than calculated.
	 * @return whether {@link #toString} costs nothing and {@link #number} may
	 */
	public boolean isLong() {
		return this.rank == 0 && this.text != null;
	}

	/**
	 * About how many bytes of heap this takes.
	 * @return the size, that of the number behind a long text included
	 */
	int size() {
		return (this.text != null) ? 136 + 2 * this.text.length() : 88 + number().precision() / 2;
	}

	@Override
	public int compareTo(Numeric other) {
		return (this.rank != other.rank) ? Integer.compare(this.rank, other.rank) : number().compareTo(other.number());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (!(other instanceof Numeric numeric) || this.rank != numeric.rank) {
			return false;
		}
		return (this.text != null && numeric.text != null) ? this.text.equals(numeric.text)
				: number().equals(numeric.number());
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.rank, number());
	}

	/**
	 * What Postgres prints.
	 */
	@Override
	public String toString() {
		return (this.text != null) ? this.text : number().toPlainString();
	}

}
