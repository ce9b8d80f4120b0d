package io.kalam.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Reads what stands behind the condition: {@code ORDER BY column [ASC | DESC] [NULLS
 * FIRST | NULLS LAST], … LIMIT n}.
 */
final class OrderingParser {

	private static final String EXPRESSION = "ORDER BY takes columns of the table by their names, nothing else";

	private final List<SqlToken> tokens;

	private final int end;

	private int index;

	private OrderingParser(List<SqlToken> tokens, int end) {
		this.tokens = tokens;
		this.end = end;
	}

	/**
	 * Where the condition ends.
	 * @param tokens the tokens of a query
	 * @return the index of the first token of ORDER BY, LIMIT or the like, or the number
	 * of tokens
	 */
	static int startOf(List<SqlToken> tokens) {
		int depth = 0;
		boolean from = false;
		for (int i = 0; i < tokens.size(); i++) {
			SqlToken token = tokens.get(i);
			depth += token.isSymbol("(") ? 1 : (token.isSymbol(")") ? -1 : 0);
			from |= token.isWord("from");
			boolean starts = token.isWord("order") || token.isWord("limit") || token.isWord("offset")
					|| token.isWord("fetch");
			if (starts && from && depth == 0 && !tokens.get(i - 1).isSymbol(".")) {
				return i;
			}
		}
		return tokens.size();
	}

	static OrderSyntax parse(List<SqlToken> tokens, int end) {
		return new OrderingParser(tokens, end).parse();
	}

	private OrderSyntax parse() {
		List<OrderSyntax.Item> items = new ArrayList<>();
		SqlToken order = peek();
		if (accept("order")) {
			expectBy(order);
			do {
				items.add(item());
			}
			while (acceptComma());
		}
		SqlToken limit = accept("limit") ? limit() : null;
		SqlToken rest = peek();
		if (rest != null) {
			throw unexpected(rest, "ORDER BY and then LIMIT end a live query");
		}
		return new OrderSyntax(items, limit);
	}

	private OrderSyntax.Item item() {
		Syntax.Name name = name();
		boolean descending = accept("desc");
		if (!descending) {
			accept("asc");
		}
		boolean nullsFirst = descending;
		if (accept("nulls")) {
			nullsFirst = accept("first");
			if (!nullsFirst) {
				expect("last");
			}
		}
		return new OrderSyntax.Item(name, descending, nullsFirst);
	}

	private Syntax.Name name() {
		List<SqlToken> parts = new ArrayList<>();
		do {
			SqlToken part = next("a column");
			if (!part.isIdentifier()) {
				throw unexpected(part, EXPRESSION);
			}
			refuseReserved(part);
			parts.add(part);
		}
		while (acceptSymbol("."));
		SqlToken behind = peek();
		if (behind != null && behind.kind() != SqlToken.Kind.WORD && !behind.isSymbol(",")) {
			throw QueryException.unsupported(EXPRESSION, behind.position());
		}
		return new Syntax.Name(parts);
	}

	private SqlToken limit() {
		SqlToken limit = next("the number of rows");
		if (limit.kind() != SqlToken.Kind.NUMBER && limit.kind() != SqlToken.Kind.PARAMETER) {
			throw QueryException.unsupported(
					"LIMIT takes a whole number or a parameter; if limit is the name of a column, write it in double quotes",
					limit.position());
		}
		return limit;
	}

	private void expectBy(@Nullable SqlToken order) {
		if (!accept("by")) {
			throw QueryException.unsupported(
					"ORDER is followed by BY; if order is the name of a column, write it in double quotes",
					(order != null) ? order.position() : this.end);
		}
	}

	private static QueryException unexpected(SqlToken token, String advice) {
		if (!token.isWord("asc") && !token.isWord("desc") && !token.isWord("order") && !token.isWord("limit")) {
			refuseReserved(token);
		}
		if (token.kind() == SqlToken.Kind.WORD || token.isSymbol(",")) {
			return QueryException.syntaxError(token, advice);
		}
		return QueryException.unsupported(advice, token.position());
	}

	private static void refuseReserved(SqlToken token) {
		if (token.isWord("offset") || token.isWord("fetch")) {
			throw QueryException.unsupported("OFFSET and FETCH are not supported; LIMIT shows the first rows",
					token.position());
		}
		if (token.isWord("using")) {
			throw QueryException.unsupported("USING is not supported; write ASC or DESC", token.position());
		}
		if (token.isWord("collate")) {
			throw QueryException.unsupported(
					"COLLATE is not supported in ORDER BY: a column is ordered under its own collation",
					token.position());
		}
		Words.check(token, false);
	}

	private boolean acceptComma() {
		return acceptSymbol(",");
	}

	private boolean acceptSymbol(String symbol) {
		SqlToken token = peek();
		boolean found = token != null && token.isSymbol(symbol);
		this.index += found ? 1 : 0;
		return found;
	}

	private boolean accept(String word) {
		SqlToken token = peek();
		boolean found = token != null && token.isWord(word);
		this.index += found ? 1 : 0;
		return found;
	}

	private void expect(String word) {
		if (!accept(word)) {
			SqlToken found = next(word.toUpperCase(Locale.ROOT));
			throw QueryException.syntaxError(found, word.toUpperCase(Locale.ROOT) + " is expected");
		}
	}

	private SqlToken next(String wanted) {
		SqlToken token = peek();
		if (token == null) {
			throw QueryException.invalid("The query ends too early; " + wanted + " is missing", this.end);
		}
		this.index++;
		return token;
	}

	private @Nullable SqlToken peek() {
		return (this.index < this.tokens.size()) ? this.tokens.get(this.index) : null;
	}

}
