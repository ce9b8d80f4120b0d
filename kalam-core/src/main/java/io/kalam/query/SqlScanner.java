package io.kalam.query;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts SQL text into tokens exactly as Postgres does ({@code scan.l}), and refuses what a
 * live query has no use for: comments, several statements, strings and identifiers with
 * escapes, operators other than comparisons.
 */
final class SqlScanner {

	private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|?`";

	private static final String CHARACTERS_OF_UNUSUAL_OPERATORS = "~!@#%^&|?`";

	private static final int MAX_IDENTIFIER_BYTES = 63;

	private final String sql;

	private final List<SqlToken> tokens = new ArrayList<>();

	private int position;

	private SqlScanner(String sql) {
		this.sql = sql;
	}

	static List<SqlToken> scan(String sql) {
		SqlScanner scanner = new SqlScanner(sql);
		while (scanner.skipBlanks()) {
			scanner.scanToken();
		}
		return scanner.tokens;
	}

	private boolean skipBlanks() {
		while (this.position < this.sql.length() && " \t\n\r\f\u000B".indexOf(character(0)) >= 0) {
			this.position++;
		}
		return this.position < this.sql.length();
	}

	private void scanToken() {
		char first = character(0);
		if (isIdentifierStart(first)) {
			scanWord();
		}
		else if (isDigit(first) || (first == '.' && isDigit(character(1)))) {
			scanNumber();
		}
		else if (first == '\'') {
			scanString();
		}
		else if (first == '"') {
			scanQuotedIdentifier();
		}
		else if (first == '$') {
			scanParameter();
		}
		else if (OPERATOR_CHARACTERS.indexOf(first) >= 0) {
			scanOperator();
		}
		else {
			scanPunctuation(first);
		}
	}

	private void scanWord() {
		int start = this.position;
		while (isIdentifierStart(character(0)) || isDigit(character(0)) || character(0) == '$') {
			this.position++;
		}
		String word = truncated(foldCase(this.sql.substring(start, this.position)));
		boolean prefix = (character(0) == '\'' && (word.length() == 1 && "ebxn".contains(word)))
				|| (word.equals("u") && character(0) == '&' && (character(1) == '\'' || character(1) == '"'));
		if (prefix) {
			throw QueryException
				.unsupported("Strings and identifiers with a prefix are not supported; write a plain '…'"
						+ " or \"…\", or use a parameter", start + 1);
		}
		this.tokens.add(new SqlToken(SqlToken.Kind.WORD, word, start + 1));
	}

	private void scanNumber() {
		int start = this.position;
		skipDigits();
		if (character(0) == '.') {
			this.position++;
			skipDigits();
		}
		if (character(0) == 'e' || character(0) == 'E') {
			int sign = (character(1) == '+' || character(1) == '-') ? 1 : 0;
			if (isDigit(character(1 + sign))) {
				this.position += 1 + sign;
				skipDigits();
			}
		}
		if (isIdentifierStart(character(0)) || isDigit(character(0)) || character(0) == '.') {
			String message = "Numbers are written like 42, 1.5 or 1e3 in a live query";
			boolean known = character(0) == '_' || (this.position == start + 1 && this.sql.charAt(start) == '0');
			throw known ? QueryException.unsupported(message, start + 1) : QueryException.invalid(message, start + 1);
		}
		this.tokens.add(new SqlToken(SqlToken.Kind.NUMBER, this.sql.substring(start, this.position), start + 1));
	}

	private void scanString() {
		int start = this.position;
		this.tokens.add(new SqlToken(SqlToken.Kind.STRING, quoted('\'', "string"), start + 1));
		int end = this.position;
		boolean more = skipBlanks() && character(0) == '\'';
		if (more && this.sql.substring(end, this.position).matches("(?s).*[\n\r].*")) {
			throw QueryException.unsupported("A string goes on in another line; write it as one", this.position + 1);
		}
	}

	private void scanQuotedIdentifier() {
		int start = this.position;
		String identifier = truncated(quoted('"', "identifier"));
		if (identifier.isEmpty()) {
			throw QueryException.invalid("An identifier in double quotes must not be empty", start + 1);
		}
		this.tokens.add(new SqlToken(SqlToken.Kind.QUOTED, identifier, start + 1));
	}

	private String quoted(char quote, String what) {
		int start = this.position++;
		StringBuilder content = new StringBuilder();
		while (this.position < this.sql.length()) {
			char next = this.sql.charAt(this.position++);
			if (next == quote && character(0) != quote) {
				return content.toString();
			}
			if (next == quote) {
				this.position++;
			}
			content.append(next);
		}
		throw QueryException.invalid("The " + what + " that begins here is not closed", start + 1);
	}

	private void scanParameter() {
		int start = this.position++;
		skipDigits();
		if (isIdentifierStart(character(0)) || character(0) == '$') {
			throw QueryException.unsupported("Strings in dollar signs are not supported; write '…'", start + 1);
		}
		if (this.position == start + 1) {
			throw QueryException.invalid("A parameter is written $1, $2 …", start + 1);
		}
		this.tokens.add(new SqlToken(SqlToken.Kind.PARAMETER, this.sql.substring(start + 1, this.position), start + 1));
	}

	/**
	 * An operator is as long as it can be, but ends in + or - only if it has a character
	 * that no operator of standard SQL has.
	 */
	private void scanOperator() {
		int start = this.position;
		int end = start;
		while (end < this.sql.length() && OPERATOR_CHARACTERS.indexOf(this.sql.charAt(end)) >= 0) {
			if (this.sql.startsWith("--", end) || this.sql.startsWith("/*", end)) {
				if (end == start) {
					throw QueryException.unsupported("Comments are not supported; leave them out", start + 1);
				}
				break;
			}
			end++;
		}
		String operator = this.sql.substring(start, end);
		boolean unusual = operator.chars().anyMatch((c) -> CHARACTERS_OF_UNUSUAL_OPERATORS.indexOf(c) >= 0);
		while (!unusual && operator.length() > 1 && (operator.endsWith("+") || operator.endsWith("-"))) {
			operator = operator.substring(0, operator.length() - 1);
		}
		this.position = start + operator.length();
		this.tokens.add(new SqlToken(SqlToken.Kind.SYMBOL, Words.checkOperator(operator, start + 1), start + 1));
	}

	private void scanPunctuation(char first) {
		int start = this.position++;
		switch (first) {
			case '(', ')', ',', '.', '[', ']' ->
				this.tokens.add(new SqlToken(SqlToken.Kind.SYMBOL, String.valueOf(first), start + 1));
			case ';' -> {
				if (skipBlanks()) {
					throw QueryException.unsupported("Several statements are not supported; send one SELECT",
							start + 1);
				}
			}
			case ':' -> scanCast(start);
			default -> throw QueryException.invalid("Unexpected character", start + 1);
		}
	}

	private void scanCast(int start) {
		if (character(0) != ':') {
			throw QueryException.invalid("Unexpected character; a cast is written value::type", start + 1);
		}
		this.position++;
		this.tokens.add(new SqlToken(SqlToken.Kind.SYMBOL, "::", start + 1));
	}

	private void skipDigits() {
		while (isDigit(character(0))) {
			this.position++;
		}
	}

	private char character(int ahead) {
		int index = this.position + ahead;
		return (index < this.sql.length()) ? this.sql.charAt(index) : 0;
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	private static boolean isIdentifierStart(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_'
				|| character >= 0x80;
	}

	/**
	 * What Postgres keeps of an identifier.
	 */
	private static String truncated(String identifier) {
		int bytes = 0;
		for (int i = 0; i < identifier.length(); i++) {
			char character = identifier.charAt(i);
			int surrogate = Character.isLowSurrogate(character) ? 1 : 3;
			bytes += (character < 0x80) ? 1
					: (character < 0x800) ? 2 : Character.isSurrogate(character) ? surrogate : 3;
			if (bytes > MAX_IDENTIFIER_BYTES) {
				return identifier.substring(0, Character.isLowSurrogate(character) ? i - 1 : i);
			}
		}
		return identifier;
	}

	private static String foldCase(String identifier) {
		StringBuilder folded = new StringBuilder(identifier);
		for (int i = 0; i < folded.length(); i++) {
			char character = folded.charAt(i);
			if (character >= 'A' && character <= 'Z') {
				folded.setCharAt(i, (char) (character + 'a' - 'A'));
			}
		}
		return folded.toString();
	}

}
