package io.kalam.subscription;

import java.util.HashMap;
import java.util.Map;

import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.query.LiveQuery;
import io.kalam.query.Projection;
import io.kalam.subscription.Outcome.Interruption;
import io.kalam.subscription.Outcome.Shown;
import io.kalam.subscription.SubscriptionChange.Operation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One change on its way to many queries: tells each what the change means for it, and
 * encodes the row once for each distinct projection. Used by one thread.
 */
final class EvaluatedChange {

	private static final Logger logger = LoggerFactory.getLogger(EvaluatedChange.class);

	private final Change change;

	private final Map<Projection, byte[]> rows = new HashMap<>(2);

	private final Map<Projection, byte[]> oldRows = new HashMap<>(2);

	EvaluatedChange(Change change) {
		this.change = change;
	}

	/**
	 * What the change means for a query: a row that begins to fit comes, one that no
	 * longer fits goes.
	 * @param query the query
	 * @return the outcome, or {@code null} if the query's result stays as it is
	 */
	@Nullable Outcome outcome(LiveQuery query) {
		try {
			return evaluate(query);
		}
		catch (RuntimeException ex) {
			return failure(query, ex);
		}
	}

	/**
	 * Logs that a change could not be evaluated.
	 * @param query the query
	 * @param ex why
	 * @return what that means for the query
	 */
	static Interruption failure(LiveQuery query, RuntimeException ex) {
		logger.error("A change of {} could not be evaluated; the subscriptions that it concerns are ended",
				query.table().name(), ex);
		return Interruption.FAILURE;
	}

	/**
	 * Whether a change is of a row with the columns that a query was made for.
	 */
	static boolean isReadable(Change change, LiveQuery query) {
		Row after = after(change);
		Row row = (after != null) ? after : before(change);
		return row != null && row.type().equals(query.table().rowType());
	}

	/**
	 * The row as it was.
	 * @return the row, {@code null} if there was none or the change is not of one
	 */
	static @Nullable Row before(Change change) {
		if (change instanceof Change.Update update) {
			return update.before();
		}
		return (change instanceof Change.Delete delete) ? delete.before() : null;
	}

	/**
	 * The row as it is.
	 * @return the row, {@code null} if there is none or the change is not of one
	 */
	static @Nullable Row after(Change change) {
		if (change instanceof Change.Update update) {
			return update.after();
		}
		return (change instanceof Change.Insert insert) ? insert.row() : null;
	}

	private @Nullable Outcome evaluate(LiveQuery query) {
		if (this.change instanceof Change.Truncate) {
			return Shown.TRUNCATED;
		}
		if (!isReadable(this.change, query)) {
			return Interruption.RESET;
		}
		if (this.change instanceof Change.Insert insert) {
			return insert(query, insert);
		}
		if (this.change instanceof Change.Delete delete) {
			return delete(query, delete);
		}
		return update(query, (Change.Update) this.change);
	}

	private @Nullable Outcome insert(LiveQuery query, Change.Insert insert) {
		return query.predicate().test(insert.row()) ? insert(query.projection()) : null;
	}

	private @Nullable Outcome delete(LiveQuery query, Change.Delete delete) {
		return query.predicate().test(delete.before()) ? delete(query.projection()) : null;
	}

	private @Nullable Outcome update(LiveQuery query, Change.Update update) {
		boolean before = query.predicate().test(update.before());
		boolean after = query.predicate().test(update.after());
		if (before && after) {
			return update(query.projection(), update);
		}
		if (before) {
			return delete(query.projection());
		}
		return after ? insert(query.projection()) : null;
	}

	private Shown insert(Projection projection) {
		return new Shown(Operation.INSERT, row(projection), null);
	}

	private Shown delete(Projection projection) {
		return new Shown(Operation.DELETE, null, this.oldRows.computeIfAbsent(projection, this::encodeBefore));
	}

	private @Nullable Shown update(Projection projection, Change.Update update) {
		byte[] old = projection.encodeChanged(update.before(), update.after());
		return (old != null) ? new Shown(Operation.UPDATE, row(projection), old) : null;
	}

	private byte[] row(Projection projection) {
		return this.rows.computeIfAbsent(projection, this::encodeAfter);
	}

	private byte[] encodeAfter(Projection projection) {
		if (this.change instanceof Change.Update update) {
			return projection.encode(update.after());
		}
		return projection.encode(((Change.Insert) this.change).row());
	}

	private byte[] encodeBefore(Projection projection) {
		if (this.change instanceof Change.Update update) {
			return projection.encode(update.before());
		}
		return projection.encode(((Change.Delete) this.change).before());
	}

}
