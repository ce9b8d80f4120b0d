package io.kalam.query;

import java.util.List;

import io.kalam.change.Row;

/**
 * A condition on the rows of a table with Postgres's semantics. Immutable, with
 * {@code equals} by meaning: predicates that are equal hold for the same rows.
 */
public interface RowPredicate {

	/**
	 * Whether the condition is true: neither false nor unknown.
	 * @param row a row of the table that the predicate was made for
	 * @return whether Postgres would select the row
	 */
	boolean test(Row row);

	/**
	 * Equalities each of which holds for every row for which the predicate is true, so
	 * that a row for which one of them does not hold need not be tested.
	 * @return the equalities; empty if there is none that is known
	 */
	default List<EqualityTerm> equalities() {
		return List.of();
	}

	/**
	 * The same condition for Postgres.
	 * @return a boolean expression with bind parameters for every literal of the query
	 */
	SqlCondition toSql();

}
