package io.kalam.query;

import java.util.Random;

/**
 * Makes up texts of the words of conditions, with little regard for grammar.
 */
final class GrammarGenerator {

	private static final String[] OPERANDS = { "b", "b2", "TRUE", "FALSE", "NULL", "(b)", "t", "'t'", "NOT b",
			"(b = b2)", "i4", "1", "j", "ti", "'{1}'", "j -> 'a'", "(j ->> 'a')", "TRUE::bool", "t COLLATE \"C\"" };

	private static final String[] OPERATORS = { " AND ", " OR ", " = ", " <> ", " < ", " >= ", " IN (TRUE, b2)",
			" NOT IN (FALSE)", " IS NULL", " IS NOT TRUE", " IS UNKNOWN", " BETWEEN FALSE AND ", " NOT BETWEEN b2 AND ",
			" BETWEEN b = TRUE AND ", " IS DISTINCT FROM ", " IS NOT DISTINCT FROM ", " LIKE ", " NOT LIKE ",
			" ESCAPE ", " BETWEEN SYMMETRIC b2 AND ", " AND NOT ", " = NOT ", " IS NOT FALSE", " IN (b IS NULL)",
			" -> 'a'", " ->> 'a'", " -> 0 ->> ", " @> ", " <@ ", " && ", " = ANY ('{1}')", " <> ALL ('{t}')", "::bool",
			" COLLATE \"C\"", " @> '{1}'" };

	private final Random random;

	GrammarGenerator(Random random) {
		this.random = random;
	}

	String next() {
		StringBuilder text = new StringBuilder(any(OPERANDS));
		for (int i = 1 + this.random.nextInt(4); i > 0; i--) {
			String operator = any(OPERATORS);
			text.append(operator);
			boolean open = operator.endsWith(" ");
			text.append((open ^ (this.random.nextInt(12) == 0)) ? any(OPERANDS) : "");
		}
		return (this.random.nextInt(3) == 0) ? "NOT " + text : text.toString();
	}

	private String any(String[] texts) {
		boolean common = this.random.nextInt(3) > 0;
		return texts[this.random.nextInt(common ? Math.min(texts.length, 6) : texts.length)];
	}

}
