package io.kalam.subscription;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveTransaction.Entry;
import io.kalam.subscription.Outcome.Interruption;
import io.kalam.subscription.Outcome.Shown;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a transaction into events that are small enough for one frame, as they are asked
 * for. What concerns a subscription that has ended meanwhile, or that the transaction
 * interrupts, is left out.
 */
final class Parts {

	private static final int MAX_BYTES = 256 * 1024;

	private static final int MAX_CHANGES = 2000;

	private final @Nullable String chain;

	private final LiveTransaction transaction;

	private final @Nullable Sequence previous;

	private final Set<Subscription> interrupted = new HashSet<>();

	private int next;

	private boolean begun;

	private boolean complete;

	Parts(@Nullable String chain, LiveTransaction transaction, @Nullable Sequence previous) {
		this.chain = chain;
		this.transaction = transaction;
		this.previous = previous;
		for (Entry entry : transaction.entries()) {
			if (entry.interruption() != null) {
				this.interrupted.add(entry.subscription());
			}
		}
	}

	Sequence sequence() {
		return this.transaction.sequence();
	}

	/**
	 * The next part.
	 * @return the next part, or {@code null} if all have been taken or there is nothing
	 * to tell
	 */
	SubscriptionEvent.@Nullable Transaction next() {
		if (this.complete) {
			return null;
		}
		List<SubscriptionChange> changes = take();
		this.complete = this.next == this.transaction.entries().size();
		if (changes.isEmpty() && !this.begun) {
			return null;
		}
		this.begun = true;
		return new SubscriptionEvent.Transaction(this.chain, this.transaction.sequence(), this.previous,
				this.transaction.commitTime(), this.complete, changes);
	}

	/**
	 * Interrupts the subscriptions that can't be followed across the transaction. Called
	 * once, after the last part.
	 */
	void interrupt() {
		for (Entry entry : this.transaction.entries()) {
			Interruption interruption = entry.interruption();
			if (interruption != null && this.interrupted.remove(entry.subscription())) {
				entry.subscription().interrupt(interruption);
			}
		}
	}

	private List<SubscriptionChange> take() {
		List<SubscriptionChange> changes = new ArrayList<>();
		int bytes = 0;
		while (this.next < this.transaction.entries().size()) {
			Entry entry = this.transaction.entries().get(this.next);
			if (isTold(entry) && entry.outcome() instanceof Shown shown) {
				if (!changes.isEmpty() && (bytes + shown.size() > MAX_BYTES || changes.size() == MAX_CHANGES)) {
					return changes;
				}
				bytes += shown.size();
				changes.add(shown.of(entry.subscription().id()));
			}
			this.next++;
		}
		return changes;
	}

	private boolean isTold(Entry entry) {
		return !entry.subscription().isEnded() && !this.interrupted.contains(entry.subscription());
	}

}
