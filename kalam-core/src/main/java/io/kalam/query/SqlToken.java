package io.kalam.query;

import java.util.Set;

/**
 * A piece of SQL text.
 *
 * @param kind what it is
 * @param value an identifier or keyword in lower case unless quoted, the content of a
 * string, a number, the number of a parameter, or a symbol
 * @param position the place of its first character, from 1
 */
record SqlToken(Kind kind, String value, int position) {

	private static final int MAX_SHOWN = 32;

	private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");

	boolean isWord(String word) {
		return this.kind == Kind.WORD && this.value.equals(word);
	}

	boolean isSymbol(String symbol) {
		return this.kind == Kind.SYMBOL && this.value.equals(symbol);
	}

	boolean isIdentifier() {
		return this.kind == Kind.QUOTED || (this.kind == Kind.WORD && !Words.isKeyword(this.value));
	}

	boolean isComparison() {
		return this.kind == Kind.SYMBOL && COMPARISONS.contains(this.value);
	}

	/**
	 * The token as the client wrote it, or nearly so, and not too long.
	 * @return the token for a message
	 */
	String describe() {
		String shown = shortened(this.value);
		return switch (this.kind) {
			case WORD, NUMBER, SYMBOL -> shown;
			case QUOTED -> '"' + shown + '"';
			case STRING -> "'" + shown + "'";
			case PARAMETER -> '$' + shown;
		};
	}

	/**
	 * What a client gave, for a message: not longer than a reader needs to find it.
	 * @param text the text
	 * @return the text, or its beginning
	 */
	static String shortened(String text) {
		if (text.length() <= MAX_SHOWN) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
		return text.substring(0, end) + "…";
	}

	enum Kind {

		WORD, QUOTED, STRING, NUMBER, PARAMETER, SYMBOL

	}

}
