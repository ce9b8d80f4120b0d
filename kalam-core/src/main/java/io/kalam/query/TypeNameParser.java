package io.kalam.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Reads the names of types.
 */
final class TypeNameParser {

	private static final String WANTED = "the name of a type";

	private static final Set<String> ZONED = Set.of("time", "timestamp");

	private final TokenReader tokens;

	TypeNameParser(TokenReader tokens) {
		this.tokens = tokens;
	}

	/**
	 * Reads what stands behind {@code ::} or AS.
	 * @return the type
	 */
	TypeName parse() {
		return parse(this.tokens.next(WANTED));
	}

	/**
	 * Reads a name of which the first token has been read.
	 * @param first that token
	 * @return the type
	 */
	TypeName parse(SqlToken first) {
		checkName(first);
		List<SqlToken> parts = new ArrayList<>(List.of(first));
		while (this.tokens.accept(".")) {
			parts.add(checkName(this.tokens.next(WANTED)));
		}
		if (parts.size() > 2) {
			throw QueryException.unsupported("A type is named by itself or with its schema", first.position());
		}
		String words = (parts.size() == 1 && first.kind() == SqlToken.Kind.WORD) ? words(first.value()) : null;
		checkNoModifier();
		return name(parts, words, array(), first.position());
	}

	private static TypeName name(List<SqlToken> parts, @Nullable String words, boolean array, int position) {
		if (words != null) {
			return TypeName.of(words, array, position);
		}
		String name = parts.get(parts.size() - 1).value();
		return new TypeName((parts.size() == 2) ? parts.get(0).value() : null, name, array, position);
	}

	private static SqlToken checkName(SqlToken token) {
		if (!token.isIdentifier()) {
			throw QueryException.syntaxError(token, WANTED + " is expected");
		}
		return token;
	}

	private String words(String first) {
		if (first.equals("double")) {
			this.tokens.expect("precision");
			return "double precision";
		}
		if ((first.equals("character") || first.equals("char")) && this.tokens.accept("varying")) {
			return first + " varying";
		}
		boolean zone = ZONED.contains(first) && (this.tokens.at("with") || this.tokens.at("without"));
		if (!zone) {
			return first;
		}
		String with = this.tokens.next().value();
		this.tokens.expect("time");
		this.tokens.expect("zone");
		return first + ' ' + with + " time zone";
	}

	private void checkNoModifier() {
		if (this.tokens.at("(")) {
			throw QueryException.unsupported("A type in a cast has no length or precision; write its name alone",
					this.tokens.position());
		}
	}

	private boolean array() {
		boolean array = false;
		while (this.tokens.accept("[")) {
			this.tokens.expect("]");
			array = true;
		}
		return array;
	}

}
