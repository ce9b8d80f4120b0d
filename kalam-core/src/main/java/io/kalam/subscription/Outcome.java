package io.kalam.subscription;

import io.kalam.change.Row;
import io.kalam.query.Place;
import io.kalam.subscription.SubscriptionChange.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What a change means for a query.
 */
sealed interface Outcome {

	/**
	 * How many bytes it keeps in memory.
	 * @return the size in bytes
	 */
	int size();

	/**
	 * The rows that the query shows change. The bytes are shared.
	 *
	 * @param operation what to do
	 * @param row the row as it is
	 * @param old the row as it was
	 */
	record Shown(Operation operation, byte @Nullable [] row, byte @Nullable [] old) implements Outcome {

		static final Shown TRUNCATED = new Shown(Operation.TRUNCATE, null, null);

		SubscriptionChange of(String id) {
			return new SubscriptionChange(id, this.operation, this.row, this.old);
		}

		@Override
		public int size() {
			return ((this.row != null) ? this.row.length : 0) + ((this.old != null) ? this.old.length : 0);
		}

	}

	/**
	 * A row of a query with a window comes, goes, changes or moves. What that means for
	 * what is shown depends on the window.
	 *
	 * @param from where the row stood, {@code null} if it comes
	 * @param to where it stands, {@code null} if it goes
	 * @param row the row as it is, {@code null} if it goes; the bytes are shared
	 */
	record Moved(@Nullable Place from, @Nullable Place to, byte @Nullable [] row) implements Outcome {

		@Override
		public int size() {
			return ((this.from != null) ? this.from.size() : 0) + ((this.to != null) ? this.to.size() : 0)
					+ ((this.row != null) ? this.row.length : 0);
		}

	}

	/**
	 * What a change means for one row, with all that is needed to make one of it and of
	 * later ones. Never told as it is.
	 *
	 * @param key the row's key
	 * @param before what the query showed of the row, {@code null} if nothing
	 * @param after what it shows of it, {@code null} if nothing
	 * @param alone what is told if there is no later one
	 */
	record Keyed(RowKey key, @Nullable Row before, @Nullable Row after, Outcome alone) implements Outcome {

		@Override
		public int size() {
			return ((this.before != null) ? this.before.size() : 0) + ((this.after != null) ? this.after.size() : 0)
					+ this.alone.size();
		}

	}

	/**
	 * The query can't be followed across this change.
	 */
	enum Interruption implements Outcome {

		/** What happened can't be told row by row: the rows have to be read anew. */
		RESET,

		/** The query could not be evaluated. */
		FAILURE,

		/** A window is to show rows that have to be read. The change itself is told. */
		REFILL,

		/** What a window is to show is more than may be kept. */
		OVERFLOW;

		@Override
		public int size() {
			return 0;
		}

	}

}
