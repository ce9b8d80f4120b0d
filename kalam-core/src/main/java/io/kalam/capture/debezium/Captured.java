package io.kalam.capture.debezium;

import java.time.Instant;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import org.jspecify.annotations.Nullable;

/**
 * What the streaming thread hands over, in the order of the stream.
 */
sealed interface Captured {

	/**
	 * The stream is established.
	 */
	record Streaming() implements Captured {

	}

	/**
	 * A committed transaction begins.
	 *
	 * @param xid the lower 32 bits of its id
	 * @param commitTime when it was committed
	 */
	record Begin(long xid, Instant commitTime) implements Captured {

	}

	/**
	 * A row was inserted.
	 *
	 * @param relation its table
	 * @param after the new row
	 */
	record Inserted(Relation relation, Tuple after) implements Captured {

	}

	/**
	 * A row was updated.
	 *
	 * @param relation its table
	 * @param before the old row; {@code null} if it was not sent
	 * @param after the new row
	 */
	record Updated(Relation relation, @Nullable Tuple before, Tuple after) implements Captured {

	}

	/**
	 * A row was deleted.
	 *
	 * @param relation its table
	 * @param before the old row
	 */
	record Deleted(Relation relation, Tuple before) implements Captured {

	}

	/**
	 * A table was truncated.
	 *
	 * @param relation the table
	 */
	record Truncated(Relation relation) implements Captured {

	}

	/**
	 * An event was told in the open transaction.
	 *
	 * @param stream the stream that it is of
	 * @param content the event
	 */
	record Event(TableName stream, byte[] content) implements Captured {

	}

	/**
	 * The open transaction ends.
	 *
	 * @param position the end of its commit record
	 */
	record Commit(Lsn position) implements Captured {

	}

	/**
	 * A message of ours, outside any transaction.
	 *
	 * @param position where it is
	 */
	record Message(Lsn position) implements Captured {

	}

}
