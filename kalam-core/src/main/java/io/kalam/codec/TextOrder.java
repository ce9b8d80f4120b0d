package io.kalam.codec;

import io.kalam.catalog.Collation;
import org.jspecify.annotations.Nullable;

/**
 * How much of a collation can be reproduced here.
 */
enum TextOrder {

	/** Not even equality: different bytes may be equal. */
	UNKNOWN,

	/** Equal bytes are equal; which is the greater is not known. */
	EQUALITY,

	/** By code point, which is the order of the bytes in UTF-8. */
	CODE_POINT;

	static TextOrder of(@Nullable Collation collation) {
		if (collation == null || !collation.deterministic()) {
			return UNKNOWN;
		}
		return collation.binary() ? CODE_POINT : EQUALITY;
	}

	/**
	 * Compares as bytes in UTF-8 are compared. UTF-16 differs: a surrogate is less than
	 * {@code U+E000} to {@code U+FFFF} there.
	 * @param left a text
	 * @param right another one
	 * @param leftLength how much of it to compare
	 * @param rightLength how much of the other
	 * @return negative, zero or positive
	 */
	static int compareCodePoints(String left, String right, int leftLength, int rightLength) {
		int length = Math.min(leftLength, rightLength);
		for (int i = 0; i < length; i++) {
			char a = left.charAt(i);
			char b = right.charAt(i);
			if (a != b) {
				return Character.compare(rank(a), rank(b));
			}
		}
		return Integer.compare(leftLength, rightLength);
	}

	private static char rank(char character) {
		if (character < 0xD800) {
			return character;
		}
		return (char) ((character < 0xE000) ? character + 0x2000 : character - 0x800);
	}

}
