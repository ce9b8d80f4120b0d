package io.kalam.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * {@code SUBSCRIBE TO table [WHERE …] [OPTIONS (name = value, …)]} as the query that it
 * stands for, {@code SELECT * FROM table [WHERE …]}, and its options. A query that begins
 * otherwise is left as it is.
 *
 * @param query the tokens of the query
 * @param options the options
 */
record SubscribeStatement(List<SqlToken> query, SubscribeOptions options) {

	private static final String NAMES = "OPTIONS takes last_rows, batch_size, from and deliver; pass others with the message";

	/**
	 * More digits than a number of rows has.
	 */
	private static final int MAX_DIGITS = 9;

	private static final int MAX_CURSOR = 20;

	private static final Map<String, String> OTHER_NAMES = Map.of("fetch_last", "last_rows", "from_seq_id", "from",
			"since_seq", "from");

	/**
	 * Tells a query and its options apart.
	 * @param tokens the client's text
	 * @param end where it ends
	 * @return the query and its options
	 */
	static SubscribeStatement of(List<SqlToken> tokens, int end) {
		if (tokens.isEmpty() || !tokens.get(0).isWord("subscribe")) {
			return new SubscribeStatement(tokens, SubscribeOptions.NONE);
		}
		TokenReader start = new TokenReader(tokens.subList(1, tokens.size()), end);
		int position = start.position();
		start.expect("to");
		int options = options(tokens);
		List<SqlToken> query = new ArrayList<>(List.of(new SqlToken(SqlToken.Kind.WORD, "select", 1),
				new SqlToken(SqlToken.Kind.SYMBOL, "*", position), new SqlToken(SqlToken.Kind.WORD, "from", position)));
		query.addAll(tokens.subList(2, options));
		return new SubscribeStatement(query, (options < tokens.size())
				? read(new TokenReader(tokens.subList(options + 1, tokens.size()), end)) : SubscribeOptions.NONE);
	}

	/**
	 * Finds the word OPTIONS before a parenthesis that is in no other.
	 */
	private static int options(List<SqlToken> tokens) {
		int depth = 0;
		for (int i = 3; i + 1 < tokens.size(); i++) {
			depth += tokens.get(i).isSymbol("(") ? 1 : 0;
			depth -= tokens.get(i).isSymbol(")") ? 1 : 0;
			if (depth == 0 && tokens.get(i).isWord("options") && tokens.get(i + 1).isSymbol("(")) {
				return i;
			}
		}
		return tokens.size();
	}

	private static SubscribeOptions read(TokenReader tokens) {
		Map<String, SqlToken> values = new HashMap<>();
		tokens.expect("(");
		while (!tokens.at(")")) {
			SqlToken name = tokens.next("an option");
			tokens.expect("=");
			String known = OTHER_NAMES.getOrDefault(name.value(), name.value());
			if (values.put(known, tokens.next("a value")) != null) {
				throw QueryException.invalid("The option " + known + " is given twice", name.position());
			}
			if (!List.of("last_rows", "batch_size", "from", "deliver").contains(known)) {
				throw QueryException.unsupported(NAMES, name.position());
			}
			if (!tokens.at(")")) {
				tokens.expect(",");
			}
		}
		tokens.expect(")");
		tokens.expectEnd();
		return new SubscribeOptions(true, number(values.get("last_rows")), number(values.get("batch_size")),
				cursor(values.get("from")), delivery(values.get("deliver")));
	}

	private static @Nullable Integer number(@Nullable SqlToken token) {
		if (token == null) {
			return null;
		}
		boolean number = token.kind() == SqlToken.Kind.NUMBER && token.value().matches("[1-9][0-9]*")
				&& token.value().length() <= MAX_DIGITS;
		if (!number) {
			throw QueryException.invalid("A whole number from 1 is expected", token.position());
		}
		return Integer.valueOf(token.value());
	}

	private static @Nullable String cursor(@Nullable SqlToken token) {
		if (token == null) {
			return null;
		}
		boolean literal = token.kind() == SqlToken.Kind.NUMBER || token.kind() == SqlToken.Kind.STRING;
		if (!literal || !token.value().matches("[0-9]+") || token.value().length() > MAX_CURSOR) {
			throw QueryException.invalid("A sequence as the server has sent it is expected, in decimal digits",
					token.position());
		}
		return token.value();
	}

	private static @Nullable Delivery delivery(@Nullable SqlToken token) {
		if (token == null) {
			return null;
		}
		if (token.kind() != SqlToken.Kind.STRING || !Delivery.names().contains(token.value())) {
			throw QueryException.invalid("'" + String.join("' or '", Delivery.names()) + "' is expected",
					token.position());
		}
		return Delivery.of(token.value());
	}

}
