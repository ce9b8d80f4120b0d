package io.kalam.query;

import java.util.List;

import io.kalam.change.Row;

import org.springframework.util.Assert;

/**
 * The predicate of a query.
 *
 * @param condition the condition
 */
record BoundPredicate(Condition condition) implements RowPredicate {

	/**
	 * Both of two predicates. Where the first is not true, the second is not asked.
	 */
	static RowPredicate both(RowPredicate first, RowPredicate second) {
		Assert.isInstanceOf(BoundPredicate.class, first, "the first predicate was not read here");
		Assert.isInstanceOf(BoundPredicate.class, second, "the second predicate was not read here");
		return new BoundPredicate(new Condition.And(
				List.of(((BoundPredicate) first).condition(), ((BoundPredicate) second).condition())));
	}

	@Override
	public boolean test(Row row) {
		return isTrue(this.condition, row);
	}

	private static boolean isTrue(Condition condition, Row row) {
		if (condition instanceof Condition.And and) {
			for (Condition each : and.conditions()) {
				if (!isTrue(each, row)) {
					return false;
				}
			}
			return true;
		}
		return condition.evaluate(row) == Truth.TRUE;
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
