package io.kalam.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The text of a query, cut into tokens and checked for what can be told from them alone.
 * What stands before WHERE is for JSqlParser's grammar: keywords and symbols as they are,
 * and a placeholder, the index of its token, for every identifier and value. So it is the
 * scanner alone that decides what they are, and the grammar knows no keywords but ours.
 */
final class QueryText {

	private final List<SqlToken> tokens;

	private final int where;

	private final int end;

	private final OrderSyntax order;

	private final SubscribeOptions options;

	private final StringBuilder text = new StringBuilder();

	private final List<Integer> columns = new ArrayList<>();

	private QueryText(List<SqlToken> tokens, int where, int end, OrderSyntax order, SubscribeOptions options) {
		this.tokens = tokens;
		this.options = options;
		this.end = end;
		this.where = where;
		this.order = order;
		for (int i = 0; i < where; i++) {
			write(i);
		}
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
		SubscribeStatement statement = SubscribeStatement.of(SqlScanner.scan(sql), sql.length() + 1);
		List<SqlToken> all = statement.query();
		List<SqlToken> tokens = all.subList(0, OrderingParser.startOf(all));
		List<SqlToken> rest = all.subList(tokens.size(), all.size());
		new TokenCheck(tokens).check(limits.maxNesting());
		int where = 0;
		while (where < tokens.size() && !tokens.get(where).isWord("where")) {
			where++;
		}
		int end = rest.isEmpty() ? sql.length() + 1 : rest.get(0).position();
		OrderSyntax order = OrderingParser.parse(rest, sql.length() + 1);
		return new QueryText(tokens, where, end, order, statement.options());
	}

	/**
	 * The tokens of the condition.
	 * @return the tokens behind WHERE; {@code null} if there is no WHERE
	 */
	@Nullable List<SqlToken> condition() {
		return (this.where < this.tokens.size()) ? this.tokens.subList(this.where + 1, this.tokens.size()) : null;
	}

	SubscribeOptions options() {
		return this.options;
	}

	/**
	 * What stands behind the condition.
	 */
	OrderSyntax order() {
		return this.order;
	}

	/**
	 * Where the text ends, but for what orders its rows.
	 * @return the place behind its last character, from 1
	 */
	int end() {
		return this.end;
	}

	SqlToken token(int index) {
		return this.tokens.get(index);
	}

	/**
	 * How many tokens stand before WHERE.
	 * @return the number of tokens
	 */
	int size() {
		return this.where;
	}

	/**
	 * The token that the grammar sees at a place.
	 * @param column the place in the text for the grammar, from 1
	 * @return the token's index, at most {@link #size()}
	 */
	int indexAt(int column) {
		int index = 0;
		while (index < this.columns.size() && this.columns.get(index) < column) {
			index++;
		}
		return index;
	}

	/**
	 * Whether the grammar sees a placeholder for a token.
	 * @param index the token's index
	 * @return whether it is neither keyword nor symbol
	 */
	boolean isPlaceholder(int index) {
		SqlToken token = token(index);
		return token.kind() != SqlToken.Kind.SYMBOL && !(token.kind() == SqlToken.Kind.WORD && !token.isIdentifier());
	}

	private void write(int index) {
		SqlToken token = token(index);
		boolean qualified = token.isSymbol(".") || (index > 0 && token(index - 1).isSymbol("."));
		if (!qualified) {
			this.text.append(' ');
		}
		this.columns.add(this.text.length() + 1);
		if (token.isIdentifier()) {
			this.text.append('"').append(index).append('"');
		}
		else if (isPlaceholder(index)) {
			this.text.append(index);
		}
		else {
			this.text.append(token.value());
		}
	}

	/**
	 * The text for the grammar.
	 */
	@Override
	public String toString() {
		return this.text.toString();
	}

}
