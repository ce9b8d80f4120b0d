package io.kalam.query;

import java.util.List;
import java.util.Locale;

/**
 * Reads tokens from left to right.
 */
final class TokenReader {

	private final List<SqlToken> tokens;

	private final int end;

	private int index;

	/**
	 * A reader.
	 * @param tokens the tokens
	 * @param end where the text ends
	 */
	TokenReader(List<SqlToken> tokens, int end) {
		this.tokens = tokens;
		this.end = end;
	}

	/**
	 * Whether the next token is a keyword or symbol.
	 * @param expected the keyword or symbol
	 * @return whether it is
	 */
	boolean at(String expected) {
		return isAhead(0, expected);
	}

	boolean isAhead(int ahead, String expected) {
		if (this.index + ahead >= this.tokens.size()) {
			return false;
		}
		SqlToken token = this.tokens.get(this.index + ahead);
		return token.isWord(expected) || token.isSymbol(expected);
	}

	boolean atComparison() {
		return this.index < this.tokens.size() && this.tokens.get(this.index).isComparison();
	}

	boolean atOperator() {
		return this.index < this.tokens.size() && Words.isOtherOperator(this.tokens.get(this.index));
	}

	boolean atString() {
		return this.index < this.tokens.size() && this.tokens.get(this.index).kind() == SqlToken.Kind.STRING;
	}

	boolean accept(String expected) {
		boolean found = at(expected);
		this.index += found ? 1 : 0;
		return found;
	}

	void expect(String expected) {
		if (!accept(expected)) {
			SqlToken found = next(expected.toUpperCase(Locale.ROOT));
			throw QueryException.syntaxError(found, expected.toUpperCase(Locale.ROOT) + " is expected");
		}
	}

	void expectEnd() {
		if (this.index < this.tokens.size()) {
			throw QueryException.syntaxError(next(), "conditions are joined by AND or OR");
		}
	}

	/**
	 * The next token, where it is known that there is one.
	 * @return the token
	 */
	SqlToken next() {
		return this.tokens.get(this.index++);
	}

	/**
	 * The next token.
	 * @param wanted what is said to be missing if there is none
	 * @return the token
	 */
	SqlToken next(String wanted) {
		if (this.index == this.tokens.size()) {
			throw QueryException.invalid("The query ends too early; " + wanted + " is missing", this.end);
		}
		return next();
	}

	/**
	 * Where the next token is.
	 * @return the place of its first character, or that behind the text
	 */
	int position() {
		return (this.index < this.tokens.size()) ? this.tokens.get(this.index).position() : this.end;
	}

}
