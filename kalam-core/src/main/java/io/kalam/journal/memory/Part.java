package io.kalam.journal.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;

/**
 * What a transaction did to one partition, or to one table as a whole.
 *
 * @param transaction the transaction with only those changes
 * @param size its size in bytes of heap
 */
record Part(RoutedTransaction transaction, long size) {

	private static final Comparator<RoutedChange> ORDER = Comparator.comparingInt(RoutedChange::ordinal);

	Part(RoutedTransaction transaction) {
		this(transaction, transaction.size());
	}

	static Part of(RoutedTransaction whole, List<RoutedChange> changes) {
		return new Part((changes.size() == whole.changes().size()) ? whole : with(whole, changes));
	}

	/**
	 * This part and another one of the same transaction, in the order of their ordinals.
	 */
	Part merge(Part other) {
		List<RoutedChange> changes = new ArrayList<>(this.transaction.changes());
		changes.addAll(other.transaction.changes());
		changes.sort(ORDER);
		return new Part(with(this.transaction, changes));
	}

	private static RoutedTransaction with(RoutedTransaction whole, List<RoutedChange> changes) {
		return new RoutedTransaction(whole.sequence(), whole.xid(), whole.commitTime(), changes);
	}

}
