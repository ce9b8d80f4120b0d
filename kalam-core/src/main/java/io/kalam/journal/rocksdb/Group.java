package io.kalam.journal.rocksdb;

import java.util.List;

import io.kalam.journal.JournalPlace;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.JournalIdentity;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * What is written together.
 *
 * @param transactions transactions with changes, in order
 * @param head the position up to which this is everything
 * @param identity which history it is
 */
record Group(List<Appended> transactions, Sequence head, @Nullable JournalIdentity identity) {

	/**
	 * Adds what concerns a partition to a page, until it is full.
	 */
	void addTo(PageAssembler page, Partition partition, JournalPlace after) {
		for (Appended appended : this.transactions) {
			RoutedTransaction transaction = appended.transaction();
			Header header = new Header(transaction.sequence(), transaction.xid(), transaction.commitTime());
			for (RoutedChange change : transaction.changes()) {
				JournalPlace place = new JournalPlace(transaction.sequence(), change.ordinal());
				boolean wanted = change.concerns(partition) && place.compareTo(after) > 0;
				if (wanted && !page.add(header, change)) {
					return;
				}
			}
		}
	}

	void marksAfter(Sequence after, List<TransactionMark> marks) {
		for (Appended appended : this.transactions) {
			if (appended.transaction().sequence().isAfter(after)) {
				marks.add(new TransactionMark(appended.transaction().sequence(), appended.transaction().xid()));
			}
		}
	}

	/**
	 * A transaction that waits to be written.
	 *
	 * @param transaction the transaction
	 * @param time when it was appended, in milliseconds
	 */
	record Appended(RoutedTransaction transaction, long time) {

	}

}
