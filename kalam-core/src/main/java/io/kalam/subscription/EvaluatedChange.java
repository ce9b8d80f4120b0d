package io.kalam.subscription;

import java.util.HashMap;
import java.util.Map;

import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.codec.CodecException;
import io.kalam.query.LiveQuery;
import io.kalam.query.Projection;
import io.kalam.subscription.Outcome.Interruption;
import io.kalam.subscription.Outcome.Keyed;
import io.kalam.subscription.Outcome.Moved;
import io.kalam.subscription.Outcome.Shown;
import io.kalam.subscription.SubscriptionChange.Operation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.Assert;

/**
 * One change on its way to many queries: tells each what the change means for it, and
 * encodes the row once for each distinct projection. Used by one thread.
 */
final class EvaluatedChange {

	private static final Logger logger = LoggerFactory.getLogger(EvaluatedChange.class);

	private final Change change;

	private final Map<Projection, byte[]> rows = new HashMap<>(2);

	private final Map<Projection, byte[]> oldRows = new HashMap<>(2);

	private @Nullable RowKey key;

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
	 * What a change that is known to be of shown rows means for a query. They need to
	 * have no more than what is shown.
	 * @param query the query
	 * @return the outcome, or {@code null} if the query's result stays as it is
	 */
	@Nullable Outcome told(LiveQuery query) {
		try {
			return told(query, before(this.change), after(this.change));
		}
		catch (RuntimeException ex) {
			return failure(query, ex);
		}
	}

	/**
	 * An outcome with the row that it is about.
	 * @param query the query
	 * @param outcome what the change means for it
	 * @return the same, or the outcome as it is if it is not about one row
	 */
	Outcome keyed(LiveQuery query, Outcome outcome) {
		Row before = showed(outcome) ? before(this.change) : null;
		Row after = shows(outcome) ? after(this.change) : null;
		if (before == null && after == null) {
			return outcome;
		}
		return new Keyed(key(), (before != null) ? query.projection().only(before) : null,
				(after != null) ? query.projection().only(after) : null, outcome);
	}

	private static boolean showed(Outcome outcome) {
		return (outcome instanceof Shown shown && shown.old() != null)
				|| (outcome instanceof Moved moved && moved.from() != null);
	}

	private static boolean shows(Outcome outcome) {
		return (outcome instanceof Shown shown && shown.row() != null)
				|| (outcome instanceof Moved moved && moved.to() != null);
	}

	private RowKey key() {
		RowKey known = this.key;
		if (known == null) {
			Row after = after(this.change);
			Row row = (after != null) ? after : before(this.change);
			Assert.state(row != null, "the change is not of a row");
			known = RowKey.of(row);
			this.key = known;
		}
		return known;
	}

	/**
	 * What is done with a query for which a change could not be evaluated. Where it would
	 * have taken more than is known of a type, a new snapshot tells; all else is logged.
	 * @param query the query
	 * @param ex why
	 * @return what that means for the query
	 */
	static Interruption failure(LiveQuery query, RuntimeException ex) {
		if (ex instanceof CodecException) {
			return Interruption.RESET;
		}
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
		return told(query, shown(query, before(this.change)), shown(query, after(this.change)));
	}

	private static @Nullable Row shown(LiveQuery query, @Nullable Row row) {
		return (row != null && query.predicate().test(row)) ? row : null;
	}

	private @Nullable Outcome told(LiveQuery query, @Nullable Row before, @Nullable Row after) {
		if (query.window() != null) {
			return moved(query, before, after);
		}
		if (before != null && after != null) {
			return update(query.projection(), before, after);
		}
		if (before != null) {
			return delete(query.projection());
		}
		return (after != null) ? insert(query.projection()) : null;
	}

	private @Nullable Moved moved(LiveQuery query, @Nullable Row before, @Nullable Row after) {
		boolean same = (before != null && after != null) ? query.projection().showsSame(before, after)
				: before == after;
		if (same) {
			return null;
		}
		return new Moved((before != null) ? query.ordering().placeOf(before) : null,
				(after != null) ? query.ordering().placeOf(after) : null,
				(after != null) ? row(query.projection()) : null);
	}

	private Shown insert(Projection projection) {
		return new Shown(Operation.INSERT, row(projection), null);
	}

	private Shown delete(Projection projection) {
		return new Shown(Operation.DELETE, null, this.oldRows.computeIfAbsent(projection, this::encodeBefore));
	}

	private @Nullable Shown update(Projection projection, Row before, Row after) {
		byte[] old = projection.encodeChanged(before, after);
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
