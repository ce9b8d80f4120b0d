package io.kalam.journal;

import java.util.List;

import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;

/**
 * A part of one partition's history.
 *
 * @param transactions the transactions, each with the changes that concern the partition
 * and no others, in ascending order
 * @param reached the position up to which everything is in this page or before it; where
 * the next page begins
 */
public record JournalPage(List<RoutedTransaction> transactions, Sequence reached) {

	public JournalPage {
		transactions = List.copyOf(transactions);
	}

}
