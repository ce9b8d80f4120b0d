package io.kalam.journal.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.kalam.journal.JournalPage;
import io.kalam.journal.JournalPlace;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Puts parts of transactions into a page until it is full.
 */
final class PageBuilder {

	private final JournalPlace after;

	private final long maxBytes;

	private final List<RoutedTransaction> transactions = new ArrayList<>();

	private long size;

	PageBuilder(JournalPlace after, long maxBytes) {
		this.after = after;
		this.maxBytes = maxBytes;
	}

	/**
	 * Builds the page.
	 * @param reader gives the parts in order, {@code null} at the end
	 */
	JournalPage build(Supplier<@Nullable Part> reader, Sequence upTo) {
		for (Part part = reader.get(); part != null; part = reader.get()) {
			RoutedTransaction transaction = rest(part.transaction());
			if (transaction.changes().isEmpty()) {
				continue;
			}
			long more = transaction.size();
			if (this.size + more > this.maxBytes) {
				if (!this.transactions.isEmpty()) {
					RoutedTransaction last = this.transactions.get(this.transactions.size() - 1);
					return new JournalPage(this.transactions, JournalPlace.behind(last.sequence()));
				}
				int fitting = fitting(transaction.changes());
				if (fitting < transaction.changes().size()) {
					return begin(transaction, fitting);
				}
			}
			this.transactions.add(transaction);
			this.size += more;
		}
		return new JournalPage(this.transactions, JournalPlace.behind(upTo.max(this.after.sequence())));
	}

	private RoutedTransaction rest(RoutedTransaction transaction) {
		if (!transaction.sequence().equals(this.after.sequence())) {
			return transaction;
		}
		return transaction
			.with(transaction.changes().stream().filter((change) -> change.ordinal() > this.after.ordinal()).toList());
	}

	/**
	 * How many changes fit into an empty page; at least one.
	 */
	private int fitting(List<RoutedChange> changes) {
		int number = 1;
		long taken = changes.get(0).size();
		while (number < changes.size() && taken + changes.get(number).size() <= this.maxBytes) {
			taken += changes.get(number).size();
			number++;
		}
		return number;
	}

	private static JournalPage begin(RoutedTransaction transaction, int number) {
		List<RoutedChange> changes = transaction.changes().subList(0, number);
		int ordinal = changes.get(number - 1).ordinal();
		return new JournalPage(List.of(transaction.with(changes)), new JournalPlace(transaction.sequence(), ordinal));
	}

}
