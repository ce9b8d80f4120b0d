package io.kalam.query;

import java.util.List;

/**
 * Reads tokens from left to right.
 */
final class TokenReader {

	private final List<SqlToken> tokens;

	private int index;

	TokenReader(List<SqlToken> tokens) {
		this.tokens = tokens;
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

	boolean accept(String expected) {
		boolean found = at(expected);
		this.index += found ? 1 : 0;
		return found;
	}

	void expect(String expected) {
		if (!accept(expected)) {
			throw QueryException.syntaxError(next());
		}
	}

	void expectEnd() {
		if (this.index < this.tokens.size()) {
			throw QueryException.syntaxError(next());
		}
	}

	void skip(int count) {
		this.index += count;
	}

	SqlToken next() {
		if (this.index == this.tokens.size()) {
			throw QueryException.invalid("The query ends too early", 0);
		}
		return this.tokens.get(this.index++);
	}

	/**
	 * Where the next token is.
	 * @return the place of its first character, 0 at the end
	 */
	int position() {
		return (this.index < this.tokens.size()) ? this.tokens.get(this.index).position() : 0;
	}

}
