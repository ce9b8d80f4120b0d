package io.kalam.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.kalam.journal.JournalPlace;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.Outcome.Interruption;
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
 */
record LiveTransaction(Sequence sequence, Instant commitTime, List<Entry> entries, boolean last) {

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

	/**
	 * How many bytes it keeps in memory, shared ones counted in full.
	 * @return the size in bytes
	 */
	long size() {
		long size = 64;
		for (Entry entry : this.entries) {
			size += 32 + entry.outcome().size();
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
