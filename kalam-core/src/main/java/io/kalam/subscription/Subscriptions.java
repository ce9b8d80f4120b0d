package io.kalam.subscription;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a session. Used under the session's lock.
 */
final class Subscriptions {

	private final Map<String, Subscription> byId = new HashMap<>(2);

	private List<Subscription> all = List.of();

	void add(Subscription subscription) {
		this.byId.put(subscription.id(), subscription);
		this.all = Stream.concat(this.all.stream(), Stream.of(subscription)).toList();
	}

	@Nullable Subscription get(String id) {
		return this.byId.get(id);
	}

	/**
	 * Removes a subscription.
	 * @param subscription the subscription
	 * @return whether it was there
	 */
	boolean remove(Subscription subscription) {
		boolean removed = this.byId.remove(subscription.id(), subscription);
		if (removed) {
			this.all = this.all.stream().filter((other) -> other != subscription).toList();
		}
		return removed;
	}

	void clear() {
		this.byId.clear();
		this.all = List.of();
	}

	Set<String> ids() {
		return this.byId.keySet();
	}

	/**
	 * All subscriptions.
	 * @return the subscriptions in the order in which they were added; a list that does
	 * not change, whatever becomes of them
	 */
	List<Subscription> all() {
		return this.all;
	}

	/**
	 * Those that follow some targets.
	 */
	List<Subscription> of(Predicate<Target> which) {
		return this.all.stream().filter((subscription) -> which.test(subscription.target())).toList();
	}

	boolean isAnyLive() {
		for (Subscription subscription : this.all) {
			if (subscription.isLive()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether there is none that needs more than the live chain.
	 */
	boolean areAllLive() {
		for (Subscription subscription : this.all) {
			if (!subscription.isLive()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether one of them has to hear of it when the head moves.
	 */
	boolean isAnyFollowing() {
		for (Subscription subscription : this.all) {
			if (subscription.isFollowing()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Where the live chain has to stop next so that a subscription can join it.
	 * @return the position, or {@code null} if it may go on
	 */
	@Nullable Sequence joinAt() {
		Sequence first = null;
		for (Subscription subscription : this.all) {
			Sequence joinAt = subscription.joinAt();
			if (joinAt != null && (first == null || first.isAfter(joinAt))) {
				first = joinAt;
			}
		}
		return first;
	}

}
