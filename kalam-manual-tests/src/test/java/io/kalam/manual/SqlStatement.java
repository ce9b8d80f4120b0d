package io.kalam.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several statements in a text.
 *
 * @param line the line in which it begins, from 1
 * @param sql the statement without its semicolon
 */
record SqlStatement(long line, String sql) {

	/** A comment, something quoted, the end of a statement. */
	private static final Pattern TOKEN = Pattern.compile("--[^\n]*|'[^']*'|\"[^\"]*\"|;");

	/**
	 * Splits a text. What comes after the last semicolon is a statement too.
	 */
	static List<SqlStatement> split(String text) {
		List<SqlStatement> statements = new ArrayList<>();
		StringBuilder bare = new StringBuilder();
		Matcher token = TOKEN.matcher(text);
		int start = 0;
		while (token.find()) {
			if (token.group().startsWith("--")) {
				token.appendReplacement(bare, " ".repeat(token.group().length()));
			}
			else {
				token.appendReplacement(bare, Matcher.quoteReplacement(token.group()));
			}
			if (token.group().equals(";")) {
				add(statements, bare, start, token.start());
				start = token.end();
			}
		}
		token.appendTail(bare);
		add(statements, bare, start, bare.length());
		return statements;
	}

	private static void add(List<SqlStatement> statements, CharSequence text, int start, int end) {
		int first = start;
		while (first < end && Character.isWhitespace(text.charAt(first))) {
			first++;
		}
		if (first < end) {
			long line = 1 + text.subSequence(0, first).chars().filter((character) -> character == '\n').count();
			statements.add(new SqlStatement(line, text.subSequence(first, end).toString()));
		}
	}

}
