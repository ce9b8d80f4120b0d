package io.kalam.journal;

import java.util.ArrayList;
import java.util.List;

import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;

/**
 * A part of one partition's history.
 *
 * @param transactions the transactions, each with the changes that concern the partition
 * and no others, in ascending order
 * @param reached the place up to which everything is in this page or before it; where the
 * next page begins
 */
public record JournalPage(List<RoutedTransaction> transactions, JournalPlace reached) {

	public JournalPage {
		transactions = List.copyOf(transactions);
	}

	/**
	 * Whether the last transaction goes on in the next page.
	 * @return true if it does; false if it is complete
	 */
	public boolean isPartial() {
		return this.reached.isWithinCommit();
	}

	/**
	 * This page and the rest of its last transaction.
	 * @param rest the rest
	 * @return a page of whole transactions
	 */
	JournalPage complete(JournalPage rest) {
		List<RoutedTransaction> whole = new ArrayList<>(this.transactions);
		RoutedTransaction last = whole.remove(whole.size() - 1);
		List<RoutedChange> changes = new ArrayList<>(last.changes());
		rest.transactions().forEach((transaction) -> changes.addAll(transaction.changes()));
		whole.add(last.with(changes));
		return new JournalPage(whole, rest.reached());
	}

}
