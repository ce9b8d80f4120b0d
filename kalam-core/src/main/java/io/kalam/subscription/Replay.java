package io.kalam.subscription;

import java.util.ArrayList;
import java.util.List;

import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalPage;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveTransaction.Entry;

/**
 * Reads history from the journal for some subscriptions of one partition.
 *
 * @param transactions what it means for them; commits that mean nothing are left out
 * @param reached the position up to which they are complete
 */
record Replay(List<LiveTransaction> transactions, Sequence reached) {

	/**
	 * Reads a page.
	 * @param journal where to read
	 * @param partition the partition
	 * @param subscriptions subscriptions of that partition
	 * @param after the position after which to begin
	 * @param upTo the position at which to end
	 * @param maxBytes how much to read at once
	 * @return what the page means for the subscriptions
	 */
	static Replay read(ChangeJournal journal, Partition partition, List<Subscription> subscriptions, Sequence after,
			Sequence upTo, long maxBytes) {
		JournalPage page = journal.read(partition, after, upTo, maxBytes);
		List<LiveTransaction> transactions = new ArrayList<>();
		for (RoutedTransaction transaction : page.transactions()) {
			List<Entry> entries = evaluate(transaction, subscriptions);
			if (!entries.isEmpty()) {
				transactions.add(new LiveTransaction(transaction.sequence(), transaction.commitTime(), entries));
			}
		}
		return new Replay(transactions, page.reached());
	}

	private static List<Entry> evaluate(RoutedTransaction transaction, List<Subscription> subscriptions) {
		List<Subscription> readers = subscriptions.stream()
			.filter((subscription) -> !subscription.hasInSnapshot(transaction))
			.toList();
		List<Entry> entries = new ArrayList<>();
		if (!readers.isEmpty()) {
			transaction.changes().forEach((change) -> evaluate(change, readers, entries));
		}
		return entries;
	}

	private static void evaluate(RoutedChange routed, List<Subscription> readers, List<Entry> entries) {
		EvaluatedChange change = new EvaluatedChange(routed.change());
		for (Subscription reader : readers) {
			Outcome outcome = change.outcome(reader.query());
			if (outcome != null) {
				entries.add(new Entry(routed.ordinal(), reader, outcome));
			}
		}
	}

}
