package io.kalam.subscription;

import java.time.Instant;
import java.util.List;

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
 */
record LiveTransaction(Sequence sequence, Instant commitTime, List<Entry> entries) {

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
