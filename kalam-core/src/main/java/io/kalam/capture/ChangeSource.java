package io.kalam.capture;

import java.time.Instant;
import java.util.List;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;

/**
 * Delivers committed transactions, whole and in commit order, starting after a position,
 * at least once. One source reads one replication slot; a source is started once and
 * stopped once.
 * <p>
 * The slot's confirmed position never passes the last one that was
 * {@linkplain #acknowledge(Lsn) acknowledged}.
 */
public interface ChangeSource {

	/**
	 * Starts delivery on a thread of the source and returns.
	 * @param after the position after which transactions are wanted: a commit that was
	 * acknowledged or is known to be durable, or the slot's confirmed position
	 * @param listener who is told; called by one thread at a time
	 */
	void start(Lsn after, Listener listener);

	/**
	 * Says that everything up to a position is durable and visible, so that Postgres may
	 * forget the log before it. May be called by any thread; a position before an earlier
	 * one is ignored. Postgres learns of it within a second.
	 * @param position the position, of a transaction or progress that was delivered
	 */
	void acknowledge(Lsn position);

	/**
	 * Ends delivery and releases the slot. After the return no method of the listener is
	 * called again. Takes no longer than ten seconds. Idempotent.
	 */
	void stop();

	/**
	 * Is told what the source reads.
	 */
	interface Listener {

		/**
		 * A transaction. May block, which holds back the source, and must end its
		 * blocking when its thread is interrupted.
		 * @param transaction the next transaction in commit order; may be one that was
		 * delivered before a restart
		 */
		void onTransaction(CommittedTransaction transaction);

		/**
		 * A transaction that does not fit into memory begins: its changes come in parts.
		 * Called in place of {@link #onTransaction}.
		 * @return is told what the transaction holds. Nothing of it may be seen by
		 * anybody before it is told the commit; if the source ends before that, it is
		 * discarded and the transaction is delivered again from its beginning
		 */
		LargeTransaction onLargeTransaction();

		/**
		 * Nothing that is captured was committed between the last transaction and a
		 * position.
		 * @param position the position; not before the last transaction's commit
		 */
		void onProgress(Lsn position);

		/**
		 * A change holds a value that can't be converted; its table is reset by the
		 * transaction.
		 * @param table the table
		 * @param detail which column it is and why, as a sentence without its end that
		 * holds no value
		 */
		default void onUnreadableValue(TableName table, String detail) {
		}

		/**
		 * The source streams.
		 */
		void onStreaming();

		/**
		 * The source has ended by itself and will not go on.
		 * @param failure why
		 */
		void onFailure(CaptureException failure);

	}

	/**
	 * Is told what a transaction holds that does not fit into memory. Blocks and is
	 * interrupted like {@link Listener#onTransaction}.
	 */
	interface LargeTransaction {

		/**
		 * A part.
		 * @param changes the next changes, in the order in which they were made
		 */
		void add(List<Change> changes);

		/**
		 * It was committed, and all its changes have been told.
		 * @param commit the end of its commit record
		 * @param xid the lower 32 bits of its transaction id, as an unsigned number
		 * @param commitTime when it was committed, by the database's clock
		 */
		void commit(Lsn commit, long xid, Instant commitTime);

		/**
		 * It is not wanted: it was delivered before, or the source ends in the middle of
		 * it.
		 */
		void discard();

	}

}
