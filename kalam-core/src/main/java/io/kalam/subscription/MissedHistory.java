package io.kalam.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalPage;
import io.kalam.journal.JournalPlace;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveTransaction.Entry;
import io.kalam.subscription.Outcome.Interruption;

/**
 * What the client of a resumed subscription has missed. It is counted first; if it is
 * long, it is collapsed: what comes of many commits is told as one, under the sequence of
 * the last of them. As much is collapsed at once as may wait in memory; what lies beyond
 * is another transaction. Of a commit that is larger than that alone, each piece is
 * collapsed, and the pieces are parts of one transaction.
 */
final class MissedHistory {

	private final Subscription subscription;

	private final Partition partition;

	private final long collapseAfter;

	private final long maxBytes;

	private final NetChanges net;

	private JournalPlace countedTo;

	private long count;

	private Sequence sequence = Sequence.ZERO;

	private Instant commitTime = Instant.MIN;

	private boolean unfinished;

	private boolean over;

	/**
	 * A history that begins at a cursor.
	 * @param subscription the subscription
	 * @param partition its partition
	 * @param after the cursor
	 */
	MissedHistory(Subscription subscription, Partition partition, JournalPlace after) {
		this.subscription = subscription;
		this.partition = partition;
		this.collapseAfter = subscription.session().engine().collapseAfter();
		this.maxBytes = subscription.session().settings().maxBuffer();
		this.net = new NetChanges(subscription);
		this.countedTo = after;
	}

	/**
	 * Whether it has been read to its end, or can't be followed any further. What comes
	 * later is not missed.
	 */
	boolean isOver() {
		return this.over;
	}

	/**
	 * Reads a page.
	 * @param journal where to read
	 * @param after the place up to which it has been replayed
	 * @param upTo where it ends for now
	 * @param pageBytes how much to read at once
	 * @return what there is to tell, which may be nothing, and the place up to which it
	 * has been replayed now, which is the same if it is not known yet how long it is
	 */
	Replay read(ChangeJournal journal, JournalPlace after, Sequence upTo, long pageBytes) {
		if (isLong()) {
			return collapse(journal.read(this.partition, after, upTo, pageBytes), upTo);
		}
		boolean first = this.countedTo.equals(after);
		JournalPage page = journal.read(this.partition, this.countedTo, upTo, pageBytes);
		page.transactions().forEach((transaction) -> this.count += transaction.changes().size());
		this.countedTo = page.reached();
		this.over = !isLong() && reaches(page, upTo);
		if (first && isLong()) {
			return collapse(page, upTo);
		}
		return (first && this.over) ? Replay.of(page, List.of(this.subscription), after) : new Replay(List.of(), after);
	}

	private boolean isLong() {
		return this.count > this.collapseAfter;
	}

	private static boolean reaches(JournalPage page, Sequence upTo) {
		return page.reached().compareTo(JournalPlace.behind(upTo)) >= 0;
	}

	private Replay collapse(JournalPage page, Sequence upTo) {
		List<LiveTransaction> told = new ArrayList<>();
		if (this.unfinished && !Replay.begins(page, this.sequence)) {
			told.add(take(true));
		}
		for (RoutedTransaction transaction : page.transactions()) {
			this.sequence = transaction.sequence();
			this.commitTime = transaction.commitTime();
			for (RoutedChange change : transaction.changes()) {
				Interruption interruption = this.net.add(change);
				if (interruption != null) {
					this.over = true;
					told.add(interrupted(change, interruption));
					return new Replay(told, page.reached());
				}
			}
			boolean last = !page.isPartial() || !this.sequence.equals(page.reached().sequence());
			if (this.net.size() > this.maxBytes || (last && this.unfinished)) {
				told.add(take(last));
			}
		}
		if (reaches(page, upTo)) {
			this.over = true;
			told.add(take(true));
		}
		return new Replay(told, page.reached());
	}

	private LiveTransaction take(boolean last) {
		this.unfinished = !last;
		NetChanges.Net told = this.net.take();
		boolean reports = this.subscription.request().isLatest() && told.folded() > 0;
		return new LiveTransaction(this.sequence, this.commitTime, told.entries(), last,
				reports ? Map.of(this.subscription, told.folded()) : Map.of());
	}

	private LiveTransaction interrupted(RoutedChange change, Interruption interruption) {
		Entry entry = new Entry(change.ordinal(), this.subscription, interruption);
		return new LiveTransaction(this.sequence, this.commitTime, List.of(entry), true);
	}

}
