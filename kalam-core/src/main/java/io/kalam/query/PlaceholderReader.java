package io.kalam.query;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.schema.Column;

/**
 * Puts what the client wrote in the place of placeholders, and remembers which have been
 * seen.
 */
final class PlaceholderReader {

	private static final int NO_GROUP = -1;

	private final QueryText text;

	private final BitSet read = new BitSet();

	PlaceholderReader(QueryText text) {
		this.text = text;
	}

	/**
	 * Reads a name.
	 * @param placeholders placeholders in double quotes with dots between them
	 * @return the name
	 */
	Syntax.Name name(String placeholders) {
		List<SqlToken> parts = new ArrayList<>();
		for (String part : placeholders.split("\\.")) {
			SqlToken token = token(String.valueOf(index(part)));
			if (!token.isIdentifier()) {
				throw QueryException.syntaxError(token);
			}
			parts.add(token);
		}
		return new Syntax.Name(parts);
	}

	/**
	 * Reads a value.
	 * @param placeholder the index of a token
	 * @return the token
	 */
	SqlToken token(String placeholder) {
		int index = Integer.parseInt(placeholder);
		this.read.set(index);
		return this.text.token(index);
	}

	/**
	 * Whether an expression stands for a pair of parentheses.
	 * @param expression the expression
	 * @return the index of the opening one, or a negative number
	 */
	int group(Expression expression) {
		if (!(expression instanceof Column column) || column.getTable() != null) {
			return NO_GROUP;
		}
		return open(column.getColumnName());
	}

	/**
	 * Whether an expression stands for a list in parentheses.
	 * @param expression the expression
	 * @return the index of the opening one, or a negative number
	 */
	int list(Expression expression) {
		return (expression instanceof StringValue string) ? open("'" + string.getValue() + "'") : NO_GROUP;
	}

	/**
	 * The grammar takes some of our keywords for names ({@code WHERE IN AND TRUE}).
	 */
	private static int index(String quoted) {
		if (quoted.charAt(0) != '"' && quoted.charAt(0) != '\'') {
			throw QueryException.invalid(
					quoted + " can't stand where it does; if it is the name of a column, write it in double quotes", 0);
		}
		return Integer.parseInt(quoted, 1, quoted.length() - 1, 10);
	}

	private int open(String quoted) {
		int index = index(quoted);
		return this.text.token(index).isSymbol("(") ? index : NO_GROUP;
	}

	/**
	 * Refuses a query of which the grammar understood only a part.
	 */
	void checkAllRead() {
		for (int i = 0; i < this.text.size(); i++) {
			if (this.text.isPlaceholder(i) && !this.read.get(i)) {
				throw QueryException.syntaxError(this.text.token(i));
			}
		}
	}

}
