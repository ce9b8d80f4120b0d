package io.kalam.journal.rocksdb;

import java.util.List;

import io.kalam.journal.TestTransactions;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;

/**
 * Transactions of one row each, and what of them a journal serves.
 */
final class JournalRows {

	private JournalRows() {
	}

	static void append(RocksJournal journal, long sequence, String owner) {
		RoutedTransaction transaction = TestTransactions.transaction(sequence,
				TestTransactions.insert(0, TestTransactions.TICKETS, owner, "Incompressible" + sequence));
		journal.append(List.of(transaction));
	}

	static List<Long> sequences(RocksJournal journal, Partition partition, long after) {
		return journal.read(partition, new Sequence(after), journal.head(), Long.MAX_VALUE)
			.transactions()
			.stream()
			.map((transaction) -> transaction.sequence().value())
			.toList();
	}

}
