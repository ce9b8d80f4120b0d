package io.kalam.subscription;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * What a session has to tell before anything else. Used under the session's lock.
 */
final class Announcements {

	/** {@code null} if there are none, which is so most of the time. */
	private @Nullable Deque<Announcement> queue;

	/**
	 * Adds an event.
	 * @param subscription the subscription whose end makes the event void, {@code null}
	 * if nothing does
	 * @param event the event
	 */
	void add(@Nullable Subscription subscription, SubscriptionEvent event) {
		if (this.queue == null) {
			this.queue = new ArrayDeque<>(1);
		}
		this.queue.add(new Announcement(subscription, event));
	}

	/**
	 * Forgets how a subscription has ended that the client wants to hear nothing of any
	 * more.
	 */
	void forget(String id) {
		if (this.queue != null) {
			this.queue
				.removeIf((announcement) -> announcement.subscription() == null && id.equals(endOf(announcement)));
			this.queue = this.queue.isEmpty() ? null : this.queue;
		}
	}

	private static @Nullable String endOf(Announcement announcement) {
		if (announcement.event() instanceof SubscriptionEvent.Reset reset) {
			return reset.id();
		}
		return (announcement.event() instanceof SubscriptionEvent.Failed failed) ? failed.id() : null;
	}

	@Nullable SubscriptionEvent poll() {
		while (this.queue != null) {
			Announcement next = this.queue.remove();
			this.queue = this.queue.isEmpty() ? null : this.queue;
			if (!next.isVoid()) {
				return next.event();
			}
		}
		return null;
	}

	boolean isEmpty() {
		return this.queue == null;
	}

	void clear() {
		this.queue = null;
	}

	private record Announcement(@Nullable Subscription subscription, SubscriptionEvent event) {

		boolean isVoid() {
			return this.subscription != null && this.subscription.isEnded();
		}

	}

}
