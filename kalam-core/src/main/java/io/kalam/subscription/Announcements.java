package io.kalam.subscription;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * What a session has to tell before anything else. Used under the session's lock.
 */
final class Announcements {

	private final Deque<Announcement> queue = new ArrayDeque<>(1);

	/**
	 * Adds an event.
	 * @param subscription the subscription whose end makes the event void, {@code null}
	 * if nothing does
	 * @param event the event
	 */
	void add(@Nullable Subscription subscription, SubscriptionEvent event) {
		this.queue.add(new Announcement(subscription, event));
	}

	/**
	 * Forgets how a subscription has ended that the client wants to hear nothing of any
	 * more.
	 */
	void forget(String id) {
		this.queue.removeIf((announcement) -> announcement.subscription() == null && id.equals(endOf(announcement)));
	}

	private static @Nullable String endOf(Announcement announcement) {
		if (announcement.event() instanceof SubscriptionEvent.Reset reset) {
			return reset.id();
		}
		return (announcement.event() instanceof SubscriptionEvent.Failed failed) ? failed.id() : null;
	}

	@Nullable SubscriptionEvent poll() {
		Announcement next = this.queue.poll();
		while (next != null && next.isVoid()) {
			next = this.queue.poll();
		}
		return (next != null) ? next.event() : null;
	}

	boolean isEmpty() {
		return this.queue.isEmpty();
	}

	void clear() {
		this.queue.clear();
	}

	private record Announcement(@Nullable Subscription subscription, SubscriptionEvent event) {

		boolean isVoid() {
			return this.subscription != null && this.subscription.isEnded();
		}

	}

}
