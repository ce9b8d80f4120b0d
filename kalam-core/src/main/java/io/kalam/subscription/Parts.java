package io.kalam.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveTransaction.Entry;
import io.kalam.subscription.Outcome.Interruption;
import io.kalam.subscription.Outcome.Shown;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Cuts a transaction into events that are small enough for one frame, as they are asked
 * for. What concerns a subscription that has ended meanwhile, or that the transaction
 * interrupts, is left out. A transaction too large to be read at once is
 * {@linkplain #extend extended} as its entries are read.
 */
final class Parts {

	private static final int MAX_BYTES = 256 * 1024;

	private static final int MAX_CHANGES = 2000;

	private final @Nullable String chain;

	private final @Nullable Sequence previous;

	private Map<Subscription, Interruption> interrupted = Map.of();

	private Map<Subscription, Integer> folded = Map.of();

	private final Instant commitTime;

	private LiveTransaction transaction;

	private int next;

	private boolean begun;

	private boolean complete;

	Parts(@Nullable String chain, LiveTransaction transaction, @Nullable Sequence previous) {
		this.chain = chain;
		this.transaction = transaction;
		this.commitTime = transaction.commitTime();
		this.previous = previous;
		begin();
	}

	Sequence sequence() {
		return this.transaction.sequence();
	}

	/**
	 * Whether there is more of the transaction, which has to be {@linkplain #extend
	 * given} to go on.
	 */
	boolean isUnfinished() {
		return !this.transaction.last();
	}

	/**
	 * Goes on with the next entries, once those before have all been taken.
	 */
	void extend(LiveTransaction more) {
		Assert.state(isUnfinished() && more.sequence().equals(sequence()), "this is not the rest of the transaction");
		this.transaction = more;
		this.next = 0;
		begin();
	}

	private void begin() {
		if (!this.transaction.folded().isEmpty()) {
			this.folded = this.folded.isEmpty() ? new LinkedHashMap<>() : this.folded;
			this.transaction.folded()
				.forEach((subscription, count) -> this.folded.merge(subscription, count, Integer::sum));
		}
		for (Entry entry : this.transaction.entries()) {
			Interruption interruption = entry.interruption();
			if (interruption != null) {
				this.interrupted = this.interrupted.isEmpty() ? new LinkedHashMap<>() : this.interrupted;
				this.interrupted.merge(entry.subscription(), interruption,
						(first, next) -> (first != Interruption.REFILL) ? first : next);
			}
		}
	}

	/**
	 * The next part.
	 * @return the next part, or {@code null} if all that is known of have been taken or
	 * there is nothing to tell
	 */
	SubscriptionEvent.@Nullable Transaction next() {
		if (this.complete) {
			return null;
		}
		List<SubscriptionChange> changes = take();
		this.complete = this.next == this.transaction.entries().size() && this.transaction.last();
		Map<String, Integer> left = this.complete ? folded() : Map.of();
		if (changes.isEmpty() && left.isEmpty() && !(this.begun && this.complete)) {
			return null;
		}
		this.begun = true;
		return new SubscriptionEvent.Transaction(this.chain, this.transaction.sequence(), this.previous,
				this.commitTime, this.complete, changes, left);
	}

	private Map<String, Integer> folded() {
		if (this.folded.isEmpty()) {
			return Map.of();
		}
		Map<String, Integer> told = new LinkedHashMap<>();
		this.folded.forEach((subscription, count) -> {
			if (isTold(subscription)) {
				told.put(subscription.id(), count);
				subscription.session().engine().hub().listener().folded(count);
			}
		});
		return told;
	}

	/**
	 * Whether the last part has been taken.
	 */
	boolean isComplete() {
		return this.complete;
	}

	/**
	 * Whether there are subscriptions to be interrupted.
	 */
	boolean isInterrupting() {
		return !this.interrupted.isEmpty();
	}

	/**
	 * Interrupts the subscriptions that can't be followed across the transaction. Called
	 * once, after the last part.
	 * @return whether there were any: they have been told so, which comes before anything
	 * that follows the transaction
	 */
	boolean interrupt() {
		boolean any = false;
		for (Map.Entry<Subscription, Interruption> entry : this.interrupted.entrySet()) {
			any |= !entry.getKey().isEnded();
			entry.getKey().interrupt(entry.getValue());
		}
		return any;
	}

	private List<SubscriptionChange> take() {
		List<SubscriptionChange> changes = new ArrayList<>(
				Math.min(MAX_CHANGES, this.transaction.entries().size() - this.next));
		int bytes = 0;
		while (this.next < this.transaction.entries().size()) {
			Entry entry = this.transaction.entries().get(this.next);
			if (isTold(entry.subscription()) && entry.outcome() instanceof Shown shown) {
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

	/**
	 * What the hub still has of a subscription that has left the live chain is not told.
	 */
	private boolean isTold(Subscription subscription) {
		Interruption interruption = this.interrupted.get(subscription);
		return !subscription.isEnded() && (this.chain != null || subscription.isLive())
				&& (interruption == null || interruption == Interruption.REFILL);
	}

}
