package io.kalam.query;

import java.util.List;

import io.kalam.change.Row;

/**
 * The predicate of a query.
 *
 * @param condition the condition
 */
record BoundPredicate(Condition condition) implements RowPredicate {

	@Override
	public boolean test(Row row) {
		return this.condition.evaluate(row) == Truth.TRUE;
	}

	@Override
	public List<EqualityTerm> equalities() {
		return EqualityTerms.of(this.condition);
	}

	@Override
	public SqlCondition toSql() {
		SqlWriter out = new SqlWriter();
		this.condition.write(out);
		return out.toCondition();
	}

}
