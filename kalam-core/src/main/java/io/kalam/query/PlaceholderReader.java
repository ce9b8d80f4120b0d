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
	 * Reads a name.
	 * @param placeholders placeholders in double quotes with dots between them
	 * @return the name
	 */
	Syntax.Name name(String placeholders) {
		List<SqlToken> parts = new ArrayList<>();
		for (String part : placeholders.split("\\.")) {
			parts.add(token(part.substring(1, part.length() - 1)));
		}
		return new Syntax.Name(parts);
	}

	private SqlToken token(String placeholder) {
		int index = Integer.parseInt(placeholder);
		this.read.set(index);
		return this.text.token(index);
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
