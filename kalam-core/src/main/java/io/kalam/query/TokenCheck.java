package io.kalam.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Refuses by name what can be told from the tokens of a query alone.
 */
final class TokenCheck {

	private final List<SqlToken> tokens;

	private final Deque<Integer> open = new ArrayDeque<>();

	TokenCheck(List<SqlToken> tokens) {
		this.tokens = tokens;
	}

	/**
	 * Checks all tokens.
	 * @param maxNesting how deeply parentheses, NOT and signs may be nested
	 */
	void check(int maxNesting) {
		if (this.tokens.isEmpty() || !this.tokens.get(0).isWord("select")) {
			throw QueryException.invalid(Grammar.HOW_TO, 1);
		}
		boolean condition = false;
		for (int i = 1; i < this.tokens.size(); i++) {
			SqlToken token = this.tokens.get(i);
			checkWord(token, condition);
			checkNeighbours(i);
			if (!condition) {
				checkFront(this.tokens.get(i - 1), token);
			}
			condition |= token.isWord("where");
			match(i);
		}
		if (!this.open.isEmpty()) {
			throw QueryException.invalid("The parenthesis that begins here is not closed",
					this.tokens.get(this.open.pop()).position());
		}
		checkNesting(maxNesting);
	}

	private void match(int index) {
		SqlToken token = this.tokens.get(index);
		if (token.isSymbol("(")) {
			this.open.push(index);
		}
		else if (token.isSymbol(")")) {
			if (this.open.isEmpty()) {
				throw QueryException.syntaxError(token, "there is no ( that it closes");
			}
			this.open.pop();
		}
		else if (token.isSymbol(",") && !this.open.isEmpty() && !mayHoldCommas(this.open.peek())) {
			throw QueryException.unsupported("Rows of values are not supported; compare each column",
					this.tokens.get(this.open.peek()).position());
		}
	}

	/**
	 * Whether a parenthesis opens a list, or the precision of a type, which is refused
	 * elsewhere.
	 */
	private boolean mayHoldCommas(int parenthesis) {
		boolean type = parenthesis > 1 && this.tokens.get(parenthesis - 2).isSymbol("::");
		return type || this.tokens.get(parenthesis - 1).isWord("in");
	}

	private void checkNesting(int maxNesting) {
		Deque<Integer> outer = new ArrayDeque<>();
		int base = 0;
		int depth = 0;
		for (SqlToken token : this.tokens) {
			if (token.isSymbol("(")) {
				outer.push(base);
				base = depth + 1;
			}
			else if (token.isSymbol(")")) {
				base = outer.pop();
			}
			boolean prefix = token.isWord("not") || token.isSymbol("-") || token.isSymbol("+");
			depth = prefix ? depth + 1 : base;
			if (depth > maxNesting) {
				throw QueryException.unsupported(
						"Conditions may be nested " + maxNesting + " deep; leave parentheses out that change nothing",
						token.position());
			}
		}
	}

	private static void checkWord(SqlToken token, boolean condition) {
		if (token.isWord("select")) {
			throw QueryException.unsupported("Subqueries are not supported; subscribe to each query", token.position());
		}
		Words.check(token, condition);
	}

	/**
	 * Refuses in front of WHERE what has a meaning in the condition only.
	 */
	private static void checkFront(SqlToken before, SqlToken token) {
		if (before.isSymbol("(")) {
			throw QueryException.syntaxError(before, "parentheses may stand in the condition only");
		}
		if (!token.isIdentifier() && !Words.isFront(token)) {
			throw QueryException.unsupported(
					"Columns are shown as they are; " + token.describe() + " may stand in the condition only",
					token.position());
		}
	}

	private void checkNeighbours(int index) {
		SqlToken before = this.tokens.get(index - 1);
		SqlToken token = this.tokens.get(index);
		boolean name = before.isIdentifier();
		boolean isTypeName = index > 1 && this.tokens.get(index - 2).isSymbol("::");
		if (name && token.isSymbol("(") && !isTypeName) {
			throw QueryException.unsupported("Functions are not supported (" + before.value()
					+ "); compute the value in the application and pass it as a parameter", before.position());
		}
		if (before.isSymbol(")") && token.isSymbol(".")) {
			throw QueryException.unsupported("Write the name in front of the dot without parentheses",
					token.position());
		}
		boolean lonelyDot = (token.isSymbol(".") && !name)
				|| (before.isSymbol(".") && !token.isIdentifier() && !token.isSymbol("*"));
		if (lonelyDot) {
			throw QueryException.syntaxError(token, "a dot stands between two names");
		}
	}

}
