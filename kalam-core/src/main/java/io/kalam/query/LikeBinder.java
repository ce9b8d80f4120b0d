package io.kalam.query;

import java.util.Set;

import io.kalam.catalog.Collation;
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
	 * Binds a pattern to a text.
	 * @param term the text
	 * @param pattern the pattern
	 * @param escape the escape character; {@code null} if none was written
	 * @param ignoreCase whether it is ILIKE
	 * @param position where the text is
	 * @return the condition
	 */
	static Condition bind(Term term, Given pattern, @Nullable Given escape, boolean ignoreCase, int position) {
		boolean citext = isCitext(term);
		check(term, ignoreCase || citext, position);
		String escaping = (escape != null) ? text(escape) : "\\";
		if (escaping != null && escaping.codePointCount(0, escaping.length()) > 1) {
			throw QueryException.unsupported("ESCAPE has to be followed by one character, or by '' for none",
					(escape != null) ? escape.position() : position);
		}
		String text = text(pattern);
		if (text == null || escaping == null) {
			return new Condition.Constant(Truth.UNKNOWN);
		}
		LikePattern compiled = LikePattern.of(text, escaping, ignoreCase || citext);
		if (compiled == null) {
			throw QueryException.unsupported(
					"The pattern ends with its escape character; write that twice to mean the character",
					pattern.position());
		}
		return new TermCondition.Like(citext ? ConvertedTerm.text(term) : term, compiled);
	}

	/**
	 * Whether LIKE means ILIKE.
	 */
	private static boolean isCitext(Term term) {
		return term.type().kind() == ColumnType.Kind.BASE && term.type().name().equals("citext");
	}

	private static void check(Term term, boolean ignoreCase, int position) {
		ColumnType type = term.type();
		boolean builtIn = type.kind() == ColumnType.Kind.BASE && type.schema().equals(TypeName.CATALOG)
				&& TEXTS.contains(type.name());
		boolean text = builtIn || isCitext(term);
		if (!text) {
			throw QueryException.unsupported(
					"LIKE and ILIKE need a text, varchar, char or name; " + term.describe() + " is none", position);
		}
		Collation collation = term.collation();
		if (collation == null || !collation.deterministic()) {
			throw QueryException.unsupported(
					term.describe() + " has a nondeterministic collation; write COLLATE \"C\" behind it", position);
		}
		if (isCitext(term) && !collation.asciiCase()) {
			throw QueryException.unsupported(term.describe() + ComparisonBinder.incomparable(term), position);
		}
		if (ignoreCase && !collation.asciiCase()) {
			throw QueryException.unsupported("Case is mapped by collation \"" + collation.name()
					+ "\", which can't be reproduced exactly; use LIKE, or write COLLATE \"C\" behind it, which maps A to Z"
					+ " only", position);
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
