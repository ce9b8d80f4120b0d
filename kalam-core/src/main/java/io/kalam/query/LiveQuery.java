package io.kalam.query;

import io.kalam.partition.LiveTable;

/**
 * A query whose result can be kept up to date: some columns of the rows of one table for
 * which a predicate is true.
 * <p>
 * Two live queries are equal if the same rows of the same table come out of them in the
 * same form: equal bound predicates and equal projections, whatever their text was.
 *
 * @param table the table
 * @param projection what of a row is shown
 * @param predicate which rows are shown; its parameters are bound
 */
public record LiveQuery(LiveTable table, Projection projection, RowPredicate predicate) {

}
