package io.kalam.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a query, cut into tokens and checked for what can be told from them alone.
 * The grammar sees it in fragments: keywords and symbols as they are, and a placeholder,
 * the index of its token, for everything that is the client's. So it is the scanner alone
 * that decides what a string or an identifier is, and the grammar knows no keywords but
 * ours. What stands in parentheses is a placeholder too and becomes a fragment of its
 * own: JSqlParser backtracks, and thirty parentheses around a mistake keep it busy for
 * half a minute.
 */
final class QueryText {

	private static final String CONDITION = "select * from \"0\" where";

	private final List<SqlToken> tokens;

	private final int[] closing;

	private QueryText(List<SqlToken> tokens, int[] closing) {
		this.tokens = tokens;
		this.closing = closing;
	}

	/**
	 * Scans a query.
	 * @param sql the client's text
	 * @param limits what it may cost
	 * @return the text
	 */
	static QueryText of(String sql, QueryLimits limits) {
		if (sql.length() > limits.maxLength() || sql.getBytes(StandardCharsets.UTF_8).length > limits.maxLength()) {
			throw QueryException.unsupported("A query may have " + limits.maxLength() + " bytes", 0);
		}
		List<SqlToken> tokens = SqlScanner.scan(sql);
		return new QueryText(tokens, new TokenCheck(tokens).check(limits.maxNesting()));
	}

	SqlToken token(int index) {
		return this.tokens.get(index);
	}

	int size() {
		return this.tokens.size();
	}

	/**
	 * The whole query, without what stands in its parentheses.
	 * @return the fragment
	 */
	Fragment query() {
		return new Fragment("", 0, this.tokens.size());
	}

	/**
	 * The condition in a pair of parentheses, without what stands in parentheses there.
	 * @param open the index of the parenthesis
	 * @return the fragment, as a query
	 */
	Fragment group(int open) {
		return new Fragment(CONDITION, open + 1, this.closing[open]);
	}

	/**
	 * Whether a token is the client's, and not a keyword or symbol.
	 * @param index the token's index
	 * @return whether the grammar sees a placeholder for it
	 */
	boolean isPlaceholder(int index) {
		SqlToken token = token(index);
		return switch (token.kind()) {
			case WORD -> !isKeyword(index);
			case SYMBOL -> false;
			case QUOTED, STRING, NUMBER, PARAMETER -> true;
		};
	}

	private boolean isKeyword(int index) {
		SqlToken word = token(index);
		if (!word.isWord("unknown")) {
			return Words.isKeyword(word.value());
		}
		SqlToken before = token(Math.max(index - 1, 0));
		return (before.isWord("not") ? token(Math.max(index - 2, 0)) : before).isWord("is");
	}

	private String written(int index) {
		SqlToken token = token(index);
		return switch (token.kind()) {
			case WORD -> isKeyword(index) ? token.value() : identifier(index);
			case QUOTED -> identifier(index);
			case STRING -> "'" + index + "'";
			case NUMBER -> String.valueOf(index);
			case PARAMETER -> "?" + index;
			case SYMBOL -> token.value();
		};
	}

	private static String identifier(int index) {
		return '"' + String.valueOf(index) + '"';
	}

	/**
	 * A part of the query as the grammar sees it.
	 */
	final class Fragment {

		private final StringBuilder text;

		private final List<Integer> columns = new ArrayList<>();

		private final List<Integer> indexes = new ArrayList<>();

		private final int end;

		private Fragment(String prefix, int start, int end) {
			this.text = new StringBuilder(prefix);
			this.end = end;
			int index = start;
			while (index < end) {
				boolean group = token(index).isSymbol("(") && !token(index - 1).isWord("in");
				append(index, group ? identifier(index) : written(index));
				index = (group ? QueryText.this.closing[index] : index) + 1;
			}
		}

		private void append(int index, String written) {
			boolean qualified = index > 0 && token(index - 1).isSymbol(".");
			if (!qualified && !token(index).isSymbol(".")) {
				this.text.append(' ');
			}
			this.columns.add(this.text.length() + 1);
			this.indexes.add(index);
			this.text.append(written);
		}

		/**
		 * The token that the grammar sees at a place.
		 * @param column the place in this text, from 1
		 * @return the token's index
		 */
		int indexAt(int column) {
			for (int i = 0; i < this.columns.size(); i++) {
				if (this.columns.get(i) >= column) {
					return this.indexes.get(i);
				}
			}
			return this.end;
		}

		/**
		 * The index behind the last token.
		 * @return the index; that of the closing parenthesis, or the number of tokens
		 */
		int end() {
			return this.end;
		}

		@Override
		public String toString() {
			return this.text.toString();
		}

	}

}
