package io.kalam.subscription;

import org.jspecify.annotations.Nullable;

/**
 * What a commit means for the rows that a subscription holds. The bytes are shared with
 * other subscriptions and must not be changed.
 *
 * @param id the subscription
 * @param operation what to do
 * @param row the row as it is now, a JSON object in UTF-8; {@code null} for a delete or a
 * truncate
 * @param old for an update the key and the old values of what has changed, for a delete
 * the row as it was; else {@code null}
 */
public record SubscriptionChange(String id, Operation operation, byte @Nullable [] row, byte @Nullable [] old) {

	/**
	 * The bytes of its rows.
	 * @return the size in bytes
	 */
	public int size() {
		return ((this.row != null) ? this.row.length : 0) + ((this.old != null) ? this.old.length : 0);
	}

	/**
	 * What to do with a row.
	 */
	public enum Operation {

		/** The row has come: it is new, or it now fits the query. */
		INSERT,

		/** The row has changed and still fits. */
		UPDATE,

		/** The row has gone: it was deleted, or no longer fits the query. */
		DELETE,

		/** All rows have gone. */
		TRUNCATE

	}

}
