package io.kalam.journal;

import java.time.Instant;
import java.util.List;

import io.kalam.partition.RoutedChange;
import io.kalam.sequence.Sequence;

/**
 * A transaction on its way into the journal that need not fit into memory. Nobody sees
 * any of it before it is committed, and all of it afterwards. Used by one thread; ended
 * by {@link #commit} or {@link #discard}, else by the end of the process, as if
 * discarded.
 */
public interface StagedTransaction {

	/**
	 * Adds changes. May wait for a disk, until the thread is interrupted.
	 * @param changes changes whose ordinals are greater than those of earlier ones
	 * @throws JournalInterruptedException if the thread was interrupted while it waited
	 */
	void add(List<RoutedChange> changes);

	/**
	 * Appends what was added. A transaction at or before the head is left out: it is a
	 * redelivery. To be called by the thread that appends.
	 * @param sequence its place in history
	 * @param xid the lower 32 bits of its transaction id
	 * @param commitTime when it was committed, by the database's clock
	 * @throws JournalInterruptedException if the thread was interrupted while it waited;
	 * the transaction is not in the journal then
	 */
	void commit(Sequence sequence, long xid, Instant commitTime);

	/**
	 * Forgets what was added. Does nothing after {@link #commit}.
	 */
	void discard();

}
