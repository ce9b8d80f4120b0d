package io.kalam.journal.rocksdb;

import java.util.ArrayList;
import java.util.List;

import io.kalam.journal.JournalPage;
import io.kalam.journal.JournalPlace;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Puts changes that come in order into a page, until it is full.
 */
final class PageAssembler {

	private final long maxBytes;

	private final List<RoutedTransaction> complete = new ArrayList<>();

	private final List<RoutedChange> changes = new ArrayList<>();

	private @Nullable Header header;

	private long size;

	private @Nullable JournalPlace end;

	PageAssembler(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Adds a change.
	 * @param of its transaction
	 * @param change the change
	 * @return false if the page was full and the change is not in it
	 */
	boolean add(Header of, RoutedChange change) {
		boolean next = this.header == null || !this.header.sequence().equals(of.sequence());
		if (next) {
			completeTransaction();
			this.size += 64;
		}
		this.size += change.size();
		if (this.size > this.maxBytes && !(this.complete.isEmpty() && this.changes.isEmpty())) {
			end(next);
			return false;
		}
		this.header = of;
		this.changes.add(change);
		return true;
	}

	long maxBytes() {
		return this.maxBytes;
	}

	/**
	 * Ends the page although it has room.
	 * @param next the place of a change that is not in it; at least one before it is
	 * @return false: it is full
	 */
	boolean end(JournalPlace next) {
		boolean between = this.header == null || !this.header.sequence().equals(next.sequence());
		if (between) {
			completeTransaction();
		}
		end(between);
		return false;
	}

	private void end(boolean betweenTransactions) {
		Header current = this.header;
		if (betweenTransactions || current == null || !this.complete.isEmpty()) {
			this.changes.clear();
			this.end = JournalPlace.behind(this.complete.get(this.complete.size() - 1).sequence());
		}
		else {
			this.end = new JournalPlace(current.sequence(), this.changes.get(this.changes.size() - 1).ordinal());
		}
	}

	private void completeTransaction() {
		if (this.header != null && !this.changes.isEmpty()) {
			this.complete.add(new RoutedTransaction(this.header.sequence(), this.header.xid(), this.header.commitTime(),
					this.changes));
			this.changes.clear();
		}
	}

	/**
	 * The page.
	 * @param upTo where it ends if it was never full
	 */
	JournalPage build(Sequence upTo) {
		completeTransaction();
		return new JournalPage(this.complete, (this.end != null) ? this.end : JournalPlace.behind(upTo));
	}

}
