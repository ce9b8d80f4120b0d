package io.kalam.query;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Puts what the client wrote in the place of placeholders, and remembers which have been
 * seen.
 */
final class PlaceholderReader {

	private final QueryText text;

	private final BitSet read = new BitSet();

	PlaceholderReader(QueryText text) {
		this.text = text;
	}

	/**
	 * Reads a name. The grammar takes some of our keywords for names too
	 * ({@code SELECT in FROM}).
	 * @param placeholders placeholders in double quotes with dots between them
	 * @return the name
	 */
	Syntax.Name name(String placeholders) {
		List<SqlToken> parts = new ArrayList<>();
		for (String part : placeholders.split("\\.")) {
			parts.add(token(part));
		}
		return new Syntax.Name(parts);
	}

	private SqlToken token(String name) {
		if (name.charAt(0) != '"') {
			throw QueryException.invalid(
					name + " can't stand where it does; if it is the name of a column, write it in double quotes", 0);
		}
		int index = Integer.parseInt(name, 1, name.length() - 1, 10);
		this.read.set(index);
		return this.text.token(index);
	}

	/**
	 * Refuses a query of which the grammar understood only a part.
	 */
	void checkAllRead() {
		for (int i = 0; i < this.text.size(); i++) {
			if (this.text.isPlaceholder(i) && !this.read.get(i)) {
				throw QueryException.syntaxError(this.text.token(i), "a live query is written " + Grammar.FORM);
			}
		}
	}

}
