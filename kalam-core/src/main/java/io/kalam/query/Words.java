package io.kalam.query;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The words and operators of SQL: those of a live query, and what is said about the
 * others.
 */
final class Words {

	private static final Set<String> KEYWORDS = Set.of("select", "from", "where", "null", "true", "false", "as");

	/**
	 * Keywords that mean something in a condition and nothing in front of it.
	 */
	private static final Set<String> CONDITION_ONLY = Set.of("and", "or", "not", "in", "between", "is", "like", "ilike",
			"distinct", "symmetric", "asymmetric", "any", "some", "all", "current_user", "cast", "collate", "with");

	/**
	 * What stands in front of a condition beside names.
	 */
	private static final Set<String> FRONT = Set.of("from", "where", "as", "*", ",", ".", "(", ")");

	private static final Set<String> SYMBOLS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=", "*", "+", "-");

	/**
	 * The other operators, which have one precedence.
	 */
	private static final Set<String> OTHER_OPERATORS = Set.of("->", "->>", "@>", "<@", "&&");

	private static final String PARAMETER = "; compute it in the application and pass it as a parameter";

	/**
	 * The words that are no identifiers unless they are quoted (kinds R and T of
	 * {@code pg_get_keywords()}, and BETWEEN), with what is said about them.
	 */
	private static final Map<String, String> REFUSED = new HashMap<>();

	static {
		refuse("Joins are not supported; subscribe to each table", "join", "inner", "left", "right", "full", "cross",
				"natural", "using", "on", "lateral", "outer");
		refuse("AND, OR and NOT stand behind WHERE", "and", "or", "not");
		refuse("IN stands behind WHERE", "in");
		refuse("IS stands behind WHERE", "is");
		refuse("LIKE and ILIKE stand behind WHERE", "like", "ilike");
		refuse("SIMILAR TO is not supported; write LIKE", "similar");
		refuse("ORDER BY and LIMIT stand behind the condition", "order", "asc", "desc", "limit");
		refuse("OFFSET and FETCH are not supported; LIMIT shows the first rows", "offset", "fetch");
		refuse("DISTINCT is not supported", "distinct");
		refuse("Grouping is not supported; aggregate in the client", "group", "having");
		refuse("Window functions are not supported", "window");
		refuse("UNION, INTERSECT and EXCEPT are not supported; subscribe to each query", "union", "intersect",
				"except");
		refuse("WITH is not supported", "with");
		refuse("CASE is not supported", "case", "when", "then", "else", "end");
		refuse("CAST stands behind WHERE", "cast");
		refuse("ARRAY[…] is not supported; write '{…}', or pass an array as a parameter", "array");
		refuse("ANY and ALL stand behind WHERE", "any", "some", "all");
		refuse("COLLATE stands behind WHERE", "collate", "collation");
		refuse("Row locks are not supported", "for");
		refuse("SELECT INTO is not supported", "into");
		refuse("BETWEEN stands behind WHERE", "between", "symmetric", "asymmetric");
		refuse("Write IS NULL", "isnull");
		refuse("Write IS NOT NULL", "notnull");
		refuse("CURRENT_USER stands behind WHERE", "current_user");
		refuse("Values of the session other than CURRENT_USER are not supported" + PARAMETER, "session_user", "user",
				"current_role", "current_catalog", "current_schema", "current_date", "current_time",
				"current_timestamp", "localtime", "localtimestamp", "system_user");
		refuse(null, "analyse", "analyze", "authorization", "binary", "both", "check", "column", "concurrently",
				"constraint", "create", "default", "deferrable", "do", "foreign", "freeze", "grant", "initially",
				"leading", "only", "overlaps", "placing", "primary", "references", "returning", "table", "tablesample",
				"to", "trailing", "unique", "variadic", "verbose");
	}

	private Words() {
	}

	private static void refuse(@Nullable String message, String... words) {
		for (String word : words) {
			REFUSED.put(word, (message != null) ? message : word.toUpperCase(Locale.ROOT) + " is not supported");
		}
	}

	static boolean isKeyword(String word) {
		return KEYWORDS.contains(word) || CONDITION_ONLY.contains(word);
	}

	/**
	 * Refuses a word that may not stand in a live query without quotes.
	 * @param token what may be such a word
	 * @param condition whether it stands in the condition
	 */
	static void check(SqlToken token, boolean condition) {
		if (token.kind() != SqlToken.Kind.WORD || (condition && CONDITION_ONLY.contains(token.value()))) {
			return;
		}
		String refusal = REFUSED.get(token.value());
		if (refusal != null) {
			throw QueryException.unsupported(
					refusal + "; if " + token.value() + " is the name of a column, write it in double quotes",
					token.position());
		}
	}

	static boolean isFront(SqlToken token) {
		return (token.kind() == SqlToken.Kind.WORD || token.kind() == SqlToken.Kind.SYMBOL)
				&& FRONT.contains(token.value());
	}

	static boolean isOtherOperator(SqlToken token) {
		return token.kind() == SqlToken.Kind.SYMBOL && OTHER_OPERATORS.contains(token.value());
	}

	static String checkOperator(String operator, int position) {
		if (SYMBOLS.contains(operator) || OTHER_OPERATORS.contains(operator)) {
			return operator;
		}
		throw QueryException.unsupported("The operator " + operator
				+ " is not supported; there are = <> < <= > >= -> ->> @> <@ && AND OR NOT IN BETWEEN LIKE ILIKE IS",
				position);
	}

}
