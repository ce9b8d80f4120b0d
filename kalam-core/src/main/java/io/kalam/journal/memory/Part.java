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
		return new Part((changes.size() == whole.changes().size()) ? whole : whole.with(changes));
	}

	/**
	 * Some parts of one transaction, in the order of their ordinals.
	 * @param parts at least one
	 */
	static Part merge(List<Part> parts) {
		if (parts.size() == 1) {
			return parts.get(0);
		}
		List<RoutedChange> changes = new ArrayList<>();
		parts.forEach((part) -> changes.addAll(part.transaction.changes()));
		changes.sort(ORDER);
		return new Part(parts.get(0).transaction.with(changes));
	}

}
