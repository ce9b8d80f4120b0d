package io.kalam.operations;

/**
 * Something that a stream of rows has to tell. Applied in order, the events leave exactly
 * the rows that the query has: a snapshot, if one was asked for or a {@link Reset} came,
 * and then every change after it, by whole commits.
 *
 * @param <T> the type of the rows
 */
public sealed interface RealtimeEvent<T> {

	/**
	 * A row of a snapshot.
	 *
	 * @param row the row
	 * @param <T> the type of the rows
	 */
	record Existing<T>(T row) implements RealtimeEvent<T> {

	}

	/**
	 * All rows of a snapshot have been told. Changes follow.
	 *
	 * @param <T> the type of the rows
	 */
	record SnapshotEnd<T>() implements RealtimeEvent<T> {

	}

	/**
	 * A row has come: it is new, fits the query now, or has become the owner's.
	 *
	 * @param row the row
	 * @param commit the commit
	 * @param last whether this is the last change of the commit
	 * @param <T> the type of the rows
	 */
	record Inserted<T>(T row, RealtimeCommit commit, boolean last) implements RealtimeEvent<T> {

	}

	/**
	 * A row has changed, and its key has not.
	 *
	 * @param row the row as it is
	 * @param old the row as it was
	 * @param commit the commit
	 * @param last whether this is the last change of the commit
	 * @param <T> the type of the rows
	 */
	record Updated<T>(T row, T old, RealtimeCommit commit, boolean last) implements RealtimeEvent<T> {

	}

	/**
	 * A row has gone: it was deleted, no longer fits the query, or has another owner.
	 *
	 * @param old the row as it was
	 * @param commit the commit
	 * @param last whether this is the last change of the commit
	 * @param <T> the type of the rows
	 */
	record Deleted<T>(T old, RealtimeCommit commit, boolean last) implements RealtimeEvent<T> {

	}

	/**
	 * All rows have gone at once, at this place in the commit.
	 *
	 * @param commit the commit
	 * @param last whether this is the last change of the commit
	 * @param <T> the type of the rows
	 */
	record Truncated<T>(RealtimeCommit commit, boolean last) implements RealtimeEvent<T> {

	}

	/**
	 * What was told before can't be kept up, not even the part of a commit that may have
	 * come: forget it. All rows follow, as a snapshot, and then the changes after it.
	 *
	 * @param reason why
	 * @param purge whether the rows have to be forgotten at once, wherever they are
	 * stored; otherwise they may be shown until the snapshot is complete
	 * @param <T> the type of the rows
	 */
	record Reset<T>(Reason reason, boolean purge) implements RealtimeEvent<T> {

		/**
		 * Why a stream starts again.
		 */
		public enum Reason {

			/** The table's columns have changed, or its changes can't be told. */
			SCHEMA,

			/** The place from which to go on is older than what is kept. */
			EXPIRED,

			/** History was lost or rewritten. */
			EPOCH,

			/** The access has changed. */
			POLICY,

			/** Rows that move up into the first n had to be read. */
			WINDOW

		}

	}

	/**
	 * Everything up to a cursor has been told. Comes behind each commit from which the
	 * stream could be taken up, and while there are none once in ten seconds or so.
	 *
	 * @param cursor where another stream can go on
	 * @param <T> the type of the rows
	 */
	record Position<T>(RealtimeCursor cursor) implements RealtimeEvent<T> {

	}

}
