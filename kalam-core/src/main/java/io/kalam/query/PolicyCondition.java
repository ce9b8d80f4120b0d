package io.kalam.query;

import java.util.ArrayList;
import java.util.List;

import io.kalam.partition.LiveTable;
import org.jspecify.annotations.Nullable;

/**
 * The condition of an access policy. It is read like a client's, under limits that are
 * there for memory's sake alone, and refused if it holds a value: what is no value of its
 * own can't be an attacker's either.
 *
 * @param condition what it says
 */
record PolicyCondition(Syntax condition) {

	private static final QueryLimits LIMITS = new QueryLimits(64 * 1024, 1024, 100_000, 64, WindowLimits.DEFAULT);

	/**
	 * What has to stand in front of a condition for it to be checked as one.
	 */
	private static final List<SqlToken> FRONT = List.of(word("select"), new SqlToken(SqlToken.Kind.SYMBOL, "*", 0),
			word("from"), new SqlToken(SqlToken.Kind.QUOTED, "table", 0), word("where"));

	static PolicyCondition read(String text) {
		if (text.length() > LIMITS.maxLength()) {
			throw QueryException.unsupported("A condition may have " + LIMITS.maxLength() + " characters", 0);
		}
		List<SqlToken> tokens = SqlScanner.scan(text);
		tokens.forEach(PolicyCondition::checkBound);
		List<SqlToken> checked = new ArrayList<>(FRONT);
		checked.addAll(tokens);
		new TokenCheck(checked).check(LIMITS.maxNesting());
		return new PolicyCondition(new ConditionParser(new TokenReader(tokens, text.length() + 1), LIMITS).parse());
	}

	private static void checkBound(SqlToken token) {
		if (token.kind() == SqlToken.Kind.STRING || token.kind() == SqlToken.Kind.NUMBER) {
			throw QueryException.unsupported(
					"The values of a policy's condition are bound; write $1 and pass the value with the condition",
					token.position());
		}
	}

	private static SqlToken word(String word) {
		return new SqlToken(SqlToken.Kind.WORD, word, 0);
	}

	RowPredicate bind(LiveTable table, List<? extends @Nullable Object> values, String user) {
		Syntax.Name name = new Syntax.Name(List.of(new SqlToken(SqlToken.Kind.QUOTED, table.name().name(), 0)));
		Syntax.Query query = new Syntax.Query(List.of(), name, List.of(), this.condition,
				new OrderSyntax(List.of(), null), SubscribeOptions.NONE);
		return new Binder(table, query, new Parameters(values, user, LIMITS), LIMITS).predicate();
	}

}
