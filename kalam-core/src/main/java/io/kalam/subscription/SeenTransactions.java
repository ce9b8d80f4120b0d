package io.kalam.subscription;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;

/**
 * The transactions that a snapshot held. They may be anywhere in the stream before the
 * fence, and nowhere behind it.
 *
 * @param visibility which transactions the snapshot has seen
 * @param fence a position behind the commit of each of them
 */
record SeenTransactions(TransactionSnapshot visibility, Lsn fence) {

	boolean contains(RoutedTransaction transaction) {
		return !transaction.sequence().lsn().isAfter(this.fence) && this.visibility.sees(transaction.xid());
	}

	/**
	 * Whether none of them can come after a position any more.
	 */
	boolean isPassedBy(Sequence position) {
		return !this.fence.isAfter(position.lsn());
	}

}
