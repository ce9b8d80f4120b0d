package io.kalam.query;

import io.kalam.partition.LiveTable;
import org.jspecify.annotations.Nullable;

/**
 * A query whose result can be kept up to date: some columns of the rows of one table for
 * which a predicate is true, in some order, or the first of them.
 * <p>
 * Two live queries are equal if the same rows of the same table come out of them in the
 * same form: equal bound predicates, projections, orderings and windows, whatever their
 * text was.
 *
 * @param table the table
 * @param projection what of a row is shown
 * @param predicate which rows are shown; its parameters are bound
 * @param ordering in which order; all its columns are shown
 * @param window how many of the first, which needs an order; {@code null} for all
 */
public record LiveQuery(LiveTable table, Projection projection, RowPredicate predicate, Ordering ordering,
		@Nullable Window window) {

	/**
	 * A query that shows all rows as they come.
	 * @param table the table
	 * @param projection what of a row is shown
	 * @param predicate which rows are shown
	 */
	public LiveQuery(LiveTable table, Projection projection, RowPredicate predicate) {
		this(table, projection, predicate, Ordering.NONE, null);
	}

	/**
	 * The same query on fewer rows.
	 * @param access what else has to be true of a row; where it is not, the query's own
	 * predicate is not asked
	 * @return the query whose predicate is both
	 */
	public LiveQuery narrowedBy(RowPredicate access) {
		return new LiveQuery(this.table, this.projection, BoundPredicate.both(access, this.predicate), this.ordering,
				this.window);
	}

}
