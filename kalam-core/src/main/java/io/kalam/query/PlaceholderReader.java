package io.kalam.query;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import net.sf.jsqlparser.expression.Expression;
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
			SqlToken token = token(part.substring(1, part.length() - 1));
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
		String name = column.getColumnName();
		int index = Integer.parseInt(name, 1, name.length() - 1, 10);
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
