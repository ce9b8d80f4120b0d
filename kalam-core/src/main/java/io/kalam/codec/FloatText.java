package io.kalam.codec;

/**
 * How floating-point numbers are spelt.
 */
final class FloatText {

	private FloatText() {
	}

	/**
	 * Whether a text is a decimal number. Java's parsers take more (hexadecimal digits, a
	 * suffix, blanks).
	 * @param text the text
	 * @return whether it is one
	 */
	static boolean isNumber(String text) {
		TextCursor cursor = new TextCursor("float8", text);
		sign(cursor);
		int digits = digits(cursor);
		if (cursor.accept('.')) {
			digits += digits(cursor);
		}
		if (digits > 0 && (cursor.accept('e') || cursor.accept('E'))) {
			sign(cursor);
			digits = digits(cursor);
		}
		return digits > 0 && cursor.atEnd();
	}

	/**
	 * Whether a decimal number is zero and not merely too small for a width.
	 * @param number the decimal number
	 * @return whether every digit before its exponent is zero
	 */
	static boolean isZero(String number) {
		for (int i = 0; i < number.length(); i++) {
			char character = number.charAt(i);
			if (character == 'e' || character == 'E') {
				return true;
			}
			if (character >= '1' && character <= '9') {
				return false;
			}
		}
		return true;
	}

	private static void sign(TextCursor cursor) {
		if (!cursor.accept('-')) {
			cursor.accept('+');
		}
	}

	private static int digits(TextCursor cursor) {
		int digits = 0;
		while (cursor.atDigit()) {
			cursor.next();
			digits++;
		}
		return digits;
	}

}
