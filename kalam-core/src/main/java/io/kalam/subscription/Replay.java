package io.kalam.subscription;

import java.util.ArrayList;
import java.util.List;

import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalPage;
import io.kalam.journal.JournalPlace;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveTransaction.Entry;

/**
 * Reads history from the journal for some subscriptions of one partition.
 *
 * @param transactions what it means for them; commits that mean nothing are left out,
 * unless a part of them was, or is still to be, read by itself
 * @param reached the place up to which they are complete
 */
record Replay(List<LiveTransaction> transactions, JournalPlace reached) {

	/**
	 * Reads a page.
	 * @param journal where to read
	 * @param partition the partition
	 * @param subscriptions subscriptions of that partition
	 * @param after the place after which to begin
	 * @param upTo the position at which to end
	 * @param maxBytes how much to read at once
	 * @return what the page means for the subscriptions
	 */
	static Replay read(ChangeJournal journal, Partition partition, List<Subscription> subscriptions, JournalPlace after,
			Sequence upTo, long maxBytes) {
		return of(journal.read(partition, after, upTo, maxBytes), subscriptions, after);
	}

	/**
	 * Replays a page.
	 * @param page a page of the partition of the subscriptions
	 * @param subscriptions subscriptions of one partition
	 * @param after the place after which the page begins
	 * @return what the page means for the subscriptions
	 */
	static Replay of(JournalPage page, List<Subscription> subscriptions, JournalPlace after) {
		List<LiveTransaction> transactions = new ArrayList<>();
		if (after.isWithinCommit() && !begins(page, after.sequence())) {
			transactions.add(LiveTransaction.end(after.sequence()));
		}
		for (RoutedTransaction transaction : page.transactions()) {
			Sequence sequence = transaction.sequence();
			boolean last = !page.isPartial() || !sequence.equals(page.reached().sequence());
			boolean part = !last || (after.isWithinCommit() && sequence.equals(after.sequence()));
			List<Entry> entries = evaluate(transaction, subscriptions);
			if (part || !entries.isEmpty()) {
				transactions.add(new LiveTransaction(sequence, transaction.commitTime(), entries, last));
			}
		}
		return new Replay(transactions, page.reached());
	}

	/**
	 * Whether a page begins with a commit, or with the rest of it.
	 */
	static boolean begins(JournalPage page, Sequence sequence) {
		return !page.transactions().isEmpty() && page.transactions().get(0).sequence().equals(sequence);
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
				entries.add(new Entry(routed.ordinal(), reader,
						reader.isFolded() ? change.keyed(reader.query(), outcome) : outcome));
			}
		}
	}

}
