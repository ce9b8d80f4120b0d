package io.kalam.subscription;

import java.util.List;

import io.kalam.journal.JournalExpiredException;
import io.kalam.journal.JournalUnreadableException;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * In which order the events of a session come: announcements before anything else, a mark
 * that was asked for behind everything. In between the live chain and the subscriptions
 * that are on their own take turns, so that a long snapshot does not hold up live
 * changes, nor they it. Used under the session's lock.
 */
final class SubscriptionTurns {

	private final Subscriptions subscriptions;

	private final Announcements announcements;

	private final LiveChain chain;

	private final LiveHub hub;

	private final boolean marks;

	private final JournalRetry retry;

	private int turn;

	private boolean markWanted;

	/**
	 * The turns of a session.
	 * @param subscriptions its subscriptions
	 * @param announcements its announcements
	 * @param chain its live chain
	 * @param hub tells how far the chain can be
	 * @param marks whether the client understands marks
	 * @param wake has the session polled; may be called by any thread
	 */
	SubscriptionTurns(Subscriptions subscriptions, Announcements announcements, LiveChain chain, LiveHub hub,
			boolean marks, Runnable wake) {
		this.subscriptions = subscriptions;
		this.announcements = announcements;
		this.chain = chain;
		this.hub = hub;
		this.marks = marks;
		this.retry = new JournalRetry(wake);
	}

	/**
	 * Asks for a mark of the live chain.
	 */
	void mark() {
		this.markWanted = true;
	}

	/**
	 * The next event.
	 * @param memory whether nothing but memory may be read
	 * @return the next event, or {@code null} if there is none for now
	 */
	@Nullable SubscriptionEvent next(boolean memory) {
		SubscriptionEvent event;
		do {
			event = this.announcements.poll();
			event = (event != null) ? event : nextInTurn(memory);
			event = (event != null || this.announcements.isEmpty()) ? event : this.announcements.poll();
			event = (event != null) ? event : nextMark();
		}
		while (event instanceof SubscriptionEvent.Mark && !this.marks);
		return event;
	}

	private @Nullable SubscriptionEvent nextInTurn(boolean memory) {
		List<Subscription> all = this.subscriptions.all();
		if (memory) {
			return nextLive(all, true);
		}
		int turns = all.size() + 1;
		for (int i = 0; i < turns; i++) {
			this.turn = (this.turn + 1) % turns;
			SubscriptionEvent event = nextOf(all);
			if (event != null) {
				return event;
			}
			if (!this.announcements.isEmpty()) {
				return null;
			}
		}
		return null;
	}

	/**
	 * Who has to read what can't be read for now waits; the others go on.
	 */
	private @Nullable SubscriptionEvent nextOf(List<Subscription> all) {
		try {
			return (this.turn == 0) ? nextLive(all, false) : all.get(this.turn - 1).next();
		}
		catch (JournalUnreadableException ex) {
			this.retry.after(ex);
			return null;
		}
	}

	private @Nullable SubscriptionEvent nextLive(List<Subscription> all, boolean memory) {
		try {
			return this.chain.next(all, this.subscriptions.joinAt(), memory);
		}
		catch (JournalExpiredException ex) {
			this.chain.restart();
			all.forEach(Subscription::chainExpired);
			return null;
		}
	}

	private @Nullable SubscriptionEvent nextMark() {
		if (!this.markWanted || !this.subscriptions.isAnyLive()) {
			this.markWanted = false;
			return null;
		}
		Sequence head = this.hub.head();
		if (this.subscriptions.joinAt() != null || !this.chain.isCompleteUpTo(head)) {
			return null;
		}
		this.markWanted = false;
		return this.chain.mark(head);
	}

}
