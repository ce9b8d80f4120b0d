package io.kalam.query;

import java.util.Set;

import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * Binds LIKE and ILIKE, and refuses them where the JVM can't match as Postgres does.
 */
final class LikeBinder {

	private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name");

	private LikeBinder() {
	}

	/**
	 * Binds a pattern to a column.
	 * @param column the column
	 * @param pattern the pattern
	 * @param escape the escape character; {@code null} if none was written
	 * @param ignoreCase whether it is ILIKE
	 * @param position where the column is
	 * @return the condition
	 */
	static Condition bind(Column column, Given pattern, @Nullable Given escape, boolean ignoreCase, int position) {
		check(column, ignoreCase, position);
		String escaping = (escape != null) ? text(escape) : "\\";
		if (escaping != null && escaping.codePointCount(0, escaping.length()) > 1) {
			throw QueryException.unsupported("ESCAPE has to be followed by one character, or by '' for none",
					(escape != null) ? escape.position() : position);
		}
		String text = text(pattern);
		if (text == null || escaping == null) {
			return new Condition.Constant(Truth.UNKNOWN);
		}
		LikePattern compiled = LikePattern.of(text, escaping, ignoreCase);
		if (compiled == null) {
			throw QueryException.unsupported(
					"The pattern ends with its escape character; write that twice to mean the character",
					pattern.position());
		}
		return new Condition.Like(column, compiled);
	}

	private static void check(Column column, boolean ignoreCase, int position) {
		ColumnType type = column.type().underlying();
		boolean text = type.kind() == ColumnType.Kind.BASE && type.schema().equals("pg_catalog")
				&& TEXTS.contains(type.name());
		if (!text) {
			throw QueryException.unsupported("LIKE and ILIKE need a column of type text, varchar, char or name; \""
					+ column.name() + "\" is of type " + column.type().name(), position);
		}
		Collation collation = column.collation();
		if (collation == null || !collation.deterministic()) {
			throw QueryException.unsupported(
					"Column \"" + column.name() + "\" has a nondeterministic collation; LIKE needs a deterministic one",
					position);
		}
		if (ignoreCase && !collation.asciiCase()) {
			throw QueryException.unsupported("Case is mapped by collation \"" + collation.name()
					+ "\", which can't be reproduced exactly; use LIKE, or give column \"" + column.name()
					+ "\" COLLATE \"C\"", position);
		}
	}

	private static @Nullable String text(Given given) {
		if (given.value() == null) {
			return null;
		}
		if (given.value() instanceof String text && text.indexOf('\u0000') < 0) {
			return text;
		}
		throw QueryException.invalid("A pattern is a string", given.position());
	}

}
