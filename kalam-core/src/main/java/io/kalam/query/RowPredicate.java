package io.kalam.query;

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
	 * The same condition for Postgres.
	 * @return a boolean expression with bind parameters for every literal of the query
	 */
	SqlCondition toSql();

}
