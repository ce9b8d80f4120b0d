package io.kalam.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.kalam.journal.JournalPlace;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.Outcome.Interruption;
import io.kalam.subscription.Outcome.Keyed;
import io.kalam.subscription.Outcome.Shown;
import org.jspecify.annotations.Nullable;

/**
 * What one commit means for some subscriptions of one session.
 *
 * @param sequence the commit's sequence
 * @param commitTime when it was committed
 * @param entries what to tell which subscription, in the order of the changes
 * @param last whether the commit ends with these entries; if not, what is taken next is
 * more of it
 * @param folded how many changes are left out of the entries of a subscription, because
 * there were later ones of the same rows; those that are told all are not in it
 */
record LiveTransaction(Sequence sequence, Instant commitTime, List<Entry> entries, boolean last,
		Map<Subscription, Integer> folded) implements Waiting {

	/**
	 * A commit, or a part of one, with all its changes.
	 */
	LiveTransaction(Sequence sequence, Instant commitTime, List<Entry> entries, boolean last) {
		this(sequence, commitTime, entries, last, Map.of());
	}

	/**
	 * A whole commit.
	 */
	LiveTransaction(Sequence sequence, Instant commitTime, List<Entry> entries) {
		this(sequence, commitTime, entries, true);
	}

	/**
	 * The end of a commit of which nothing more is to be told.
	 */
	static LiveTransaction end(Sequence sequence) {
		return new LiveTransaction(sequence, Instant.MIN, List.of(), true);
	}

	/**
	 * The transaction as it is told when nothing is left out.
	 */
	LiveTransaction plain() {
		return new LiveTransaction(this.sequence, this.commitTime, this.entries.stream().map(Entry::plain).toList(),
				this.last, this.folded);
	}

	/**
	 * What the same commit means for these and other subscriptions.
	 */
	LiveTransaction merge(LiveTransaction other) {
		List<Entry> merged = new ArrayList<>(this.entries);
		merged.addAll(other.entries);
		merged.sort(Comparator.comparingInt(Entry::ordinal));
		Instant time = this.commitTime.isAfter(other.commitTime) ? this.commitTime : other.commitTime;
		return new LiveTransaction(this.sequence, time, merged, this.last && other.last);
	}

	/**
	 * What of this lies before a place.
	 */
	LiveTransaction upTo(JournalPlace place) {
		if (!place.sequence().equals(this.sequence) || !place.isWithinCommit()) {
			return this;
		}
		return new LiveTransaction(this.sequence, this.commitTime,
				this.entries.stream().filter((entry) -> entry.ordinal() <= place.ordinal()).toList(), false);
	}

	@Override
	public Sequence first() {
		return this.sequence;
	}

	@Override
	public LiveTransaction take() {
		return this;
	}

	@Override
	public long size() {
		long size = 64;
		for (Entry entry : this.entries) {
			size += entry.size();
		}
		return size;
	}

	/**
	 * What to tell a subscription.
	 *
	 * @param ordinal the change's place in the commit
	 * @param subscription the subscription
	 * @param outcome what the change means for it
	 */
	record Entry(int ordinal, Subscription subscription, Outcome outcome) {

		long size() {
			return 32L + this.outcome.size();
		}

		/**
		 * Whether a later change of the same row may take its place.
		 */
		boolean isFoldable() {
			return this.outcome instanceof Keyed
					|| (this.outcome == Shown.TRUNCATED && this.subscription.request().isLatest());
		}

		/**
		 * The entry as it is told.
		 */
		Entry plain() {
			return (this.outcome instanceof Keyed keyed) ? new Entry(this.ordinal, this.subscription, keyed.alone())
					: this;
		}

		/**
		 * Whether the subscription can't be followed across the change: it has to start
		 * again, or to end. A client that knows no truncate has to start again for one.
		 * @return the interruption, or {@code null} if there is none
		 */
		@Nullable Interruption interruption() {
			if (this.outcome instanceof Interruption interruption) {
				return interruption;
			}
			boolean told = this.outcome != Shown.TRUNCATED || this.subscription.session().settings().transactions();
			return told ? null : Interruption.RESET;
		}

	}

}
