package io.kalam.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Reads an array as Postgres prints it: {@code {a,"b,\"c",NULL}}, with braces inside
 * braces for more dimensions.
 */
final class ArrayReader {

	private static final int MAX_DIMENSIONS = 6;

	private static final String BLANKS_AND_OPENINGS = " \t\n\r\f\u000B{\"";

	private final TextCursor cursor;

	private final Function<String, Object> element;

	ArrayReader(String text, Function<String, Object> element) {
		this.cursor = new TextCursor("array", text);
		this.element = element;
	}

	@Nullable Object[] read() {
		if (this.cursor.at('[')) {
			skipSubscripts();
		}
		@Nullable Object[] items = items(1);
		this.cursor.expectEnd();
		return items;
	}

	private void skipSubscripts() {
		char character;
		do {
			character = this.cursor.next();
		}
		while (character != '=');
	}

	private @Nullable Object[] items(int dimension) {
		this.cursor.expect('{');
		if (this.cursor.accept('}')) {
			return new Object[0];
		}
		List<@Nullable Object> items = new ArrayList<>();
		do {
			items.add(item(dimension));
			if (!sameShape(items.get(0), items.get(items.size() - 1))) {
				throw this.cursor.refuse();
			}
		}
		while (this.cursor.accept(','));
		this.cursor.expect('}');
		return items.toArray();
	}

	private static boolean sameShape(@Nullable Object first, @Nullable Object last) {
		if (first instanceof Object[] a && last instanceof Object[] b) {
			return a.length == b.length && (a.length == 0 || sameShape(a[0], b[0]));
		}
		return !(first instanceof Object[]) && !(last instanceof Object[]);
	}

	private @Nullable Object item(int dimension) {
		if (this.cursor.at('{')) {
			if (dimension == MAX_DIMENSIONS) {
				throw this.cursor.refuse();
			}
			return items(dimension + 1);
		}
		if (this.cursor.accept('"')) {
			return this.element.apply(this.cursor.untilQuote());
		}
		String text = unquoted();
		return text.equalsIgnoreCase("NULL") ? null : this.element.apply(text);
	}

	/**
	 * Reads what needs no quotes. Postgres would cut blanks off, and prints none here.
	 */
	private String unquoted() {
		StringBuilder text = new StringBuilder();
		while (!this.cursor.at(',') && !this.cursor.at('}')) {
			char character = this.cursor.next();
			if (BLANKS_AND_OPENINGS.indexOf(character) >= 0) {
				throw this.cursor.refuse();
			}
			text.append((character == '\\') ? this.cursor.next() : character);
		}
		if (text.isEmpty()) {
			throw this.cursor.refuse();
		}
		return text.toString();
	}

}
