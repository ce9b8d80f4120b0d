package io.kalam.query;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A pattern of LIKE or ILIKE. Matches characters, not bytes or UTF-16 units, whatever the
 * collation, as Postgres does in UTF-8 ({@code like_match.c}). Takes time in the product
 * of the lengths of pattern and text at worst, and allocates nothing.
 */
final class LikePattern {

	private static final int ANY_CHARACTERS = -1;

	private static final int ONE_CHARACTER = -2;

	private final int[] elements;

	private final boolean ignoreCase;

	private LikePattern(int[] elements, boolean ignoreCase) {
		this.elements = elements;
		this.ignoreCase = ignoreCase;
	}

	/**
	 * Reads a pattern.
	 * @param pattern the pattern
	 * @param escape the character that takes the meaning of the one behind it, empty for
	 * none
	 * @param ignoreCase whether the letters A to Z mean their small ones
	 * @return the pattern, or {@code null} if nothing stands behind its last escape
	 */
	static @Nullable LikePattern of(String pattern, String escape, boolean ignoreCase) {
		int escaping = escape.isEmpty() ? ANY_CHARACTERS : escape.codePointAt(0);
		int[] characters = pattern.codePoints().toArray();
		int[] elements = new int[characters.length];
		int size = 0;
		for (int i = 0; i < characters.length; i++) {
			int character = characters[i];
			if (character == escaping) {
				if (++i == characters.length) {
					return null;
				}
				elements[size++] = folded(characters[i], ignoreCase);
			}
			else {
				elements[size++] = switch (character) {
					case '%' -> ANY_CHARACTERS;
					case '_' -> ONE_CHARACTER;
					default -> folded(character, ignoreCase);
				};
			}
		}
		return new LikePattern(Arrays.copyOf(elements, size), ignoreCase);
	}

	/**
	 * Whether a text matches.
	 * @param text the text
	 * @return whether all of it matches
	 */
	boolean matches(String text) {
		int at = 0;
		int element = 0;
		int retryAt = -1;
		int retryElement = -1;
		while (at < text.length()) {
			int wanted = (element < this.elements.length) ? this.elements[element] : Integer.MIN_VALUE;
			int character = text.codePointAt(at);
			if (wanted == ANY_CHARACTERS) {
				retryElement = ++element;
				retryAt = at;
			}
			else if (wanted == ONE_CHARACTER || wanted == folded(character, this.ignoreCase)) {
				element++;
				at += Character.charCount(character);
			}
			else if (retryElement >= 0) {
				element = retryElement;
				retryAt += Character.charCount(text.codePointAt(retryAt));
				at = retryAt;
			}
			else {
				return false;
			}
		}
		while (element < this.elements.length && this.elements[element] == ANY_CHARACTERS) {
			element++;
		}
		return element == this.elements.length;
	}

	/**
	 * The operator that matches so.
	 * @return the keyword LIKE or ILIKE
	 */
	String operator() {
		return this.ignoreCase ? "ILIKE" : "LIKE";
	}

	/**
	 * The pattern with Postgres's own escape.
	 * @return a pattern that means the same behind LIKE or ILIKE alone
	 */
	String text() {
		return Arrays.stream(this.elements).mapToObj(LikePattern::text).collect(Collectors.joining());
	}

	private static String text(int element) {
		return switch (element) {
			case ANY_CHARACTERS -> "%";
			case ONE_CHARACTER -> "_";
			case '%', '_', '\\' -> "\\" + (char) element;
			default -> Character.toString(element);
		};
	}

	private static int folded(int character, boolean ignoreCase) {
		return (ignoreCase && character >= 'A' && character <= 'Z') ? character + 'a' - 'A' : character;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof LikePattern pattern && this.ignoreCase == pattern.ignoreCase
				&& Arrays.equals(this.elements, pattern.elements);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.elements);
	}

}
