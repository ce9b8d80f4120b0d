package io.kalam.codec;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads numbers of very many digits by halves: what the JDK takes for them grows with the
 * square of their length, about a second for the longest {@code numeric}.
 */
final class LongDigits {

	/**
	 * From how many characters on a number is long.
	 */
	static final int LONG = 1000;

	private LongDigits() {
	}

	/**
	 * Whether a text is a long number spelt as Postgres prints it, so that it need not be
	 * read before somebody calculates with it.
	 * @param number a decimal number
	 * @param maxIntegerDigits how many digits it may have before the point
	 * @param maxScale how many behind it
	 * @return false for another spelling, and for a number that is short or too long
	 */
	static boolean isPrinted(String number, int maxIntegerDigits, int maxScale) {
		int start = number.startsWith("-") ? 1 : 0;
		int point = number.indexOf('.');
		int end = (point >= 0) ? point : number.length();
		int scale = number.length() - end - 1;
		boolean leadingZero = end - start > 1 && number.charAt(start) == '0';
		return number.length() >= LONG && end > start && end - start <= maxIntegerDigits && !leadingZero && scale != 0
				&& scale <= maxScale && isPlain(number, start) && (start == 0 || !FloatText.isZero(number));
	}

	private static boolean isPlain(String number, int start) {
		for (int i = start; i < number.length(); i++) {
			char character = number.charAt(i);
			if (character != '.' && (character < '0' || character > '9')) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Reads a decimal number that has no exponent.
	 * @param number the number
	 * @return its value, with the scale that it is written with
	 */
	static BigDecimal read(String number) {
		int start = number.startsWith("-") ? 1 : 0;
		int point = number.indexOf('.');
		int scale = (point >= 0) ? number.length() - point - 1 : 0;
		BigInteger digits = digits(number.substring(start).replace(".", ""));
		return new BigDecimal((start > 0) ? digits.negate() : digits, scale);
	}

	private static BigInteger digits(String digits) {
		if (digits.length() < LONG) {
			return new BigInteger(digits);
		}
		int low = digits.length() / 2;
		int split = digits.length() - low;
		return digits(digits.substring(0, split)).multiply(BigInteger.TEN.pow(low))
			.add(digits(digits.substring(split)));
	}

}
