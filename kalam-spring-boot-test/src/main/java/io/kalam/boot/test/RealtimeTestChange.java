package io.kalam.boot.test;

import org.jspecify.annotations.Nullable;

/**
 * What a subscription was told of a row.
 *
 * @param <T> what rows are read as
 * @param kind what has happened to it, as its user sees it: a row that begins to fit the
 * query or becomes the user's is inserted, one that no longer does is deleted
 * @param row the row afterwards, {@code null} if it is gone
 * @param old of a row that has changed the key and what has changed, as it was; of one
 * that is gone what it was, at least the key; {@code null} of one that is new
 * @param sequence the commit
 */
public record RealtimeTestChange<T>(Kind kind, @Nullable T row, @Nullable RealtimeTestRow old, long sequence) {

	/**
	 * What has happened to a row.
	 */
	public enum Kind {

		/** It is new. */
		INSERT,

		/** It has changed. */
		UPDATE,

		/** It is gone. */
		DELETE,

		/** All rows are gone. */
		TRUNCATE

	}

}
