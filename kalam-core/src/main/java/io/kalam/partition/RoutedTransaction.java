package io.kalam.partition;

import java.time.Instant;
import java.util.List;

import io.kalam.sequence.Sequence;

/**
 * A sequenced transaction whose changes know their partitions.
 *
 * @param sequence its place in history
 * @param xid the lower 32 bits of its transaction id
 * @param commitTime when it was committed, by the database's clock
 * @param changes its changes in order; may be empty (nothing in it concerned a realtime
 * table)
 */
public record RoutedTransaction(Sequence sequence, long xid, Instant commitTime, List<RoutedChange> changes) {

	public RoutedTransaction {
		changes = List.copyOf(changes);
	}

	/**
	 * The same transaction with other changes: some of them, or all.
	 * @param others the changes in order
	 * @return the transaction
	 */
	public RoutedTransaction with(List<RoutedChange> others) {
		return new RoutedTransaction(this.sequence, this.xid, this.commitTime, others);
	}

	/**
	 * About how many bytes of heap it takes.
	 * @return the size in bytes
	 */
	public long size() {
		long size = 64;
		for (RoutedChange change : this.changes) {
			size += change.size();
		}
		return size;
	}

}
