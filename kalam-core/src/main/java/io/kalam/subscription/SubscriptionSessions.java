package io.kalam.subscription;

import io.kalam.access.RealtimeUser;

/**
 * Opens sessions.
 */
public interface SubscriptionSessions {

	/**
	 * Opens a session without subscriptions.
	 * @param user who is connected
	 * @param settings what the client understands, and its limits
	 * @param available is called, by any thread and never while a lock is held, when
	 * {@link SubscriptionSession#poll()} may have something to return after it had
	 * returned {@code null}; must return at once
	 * @return the session, to be closed by the caller
	 */
	SubscriptionSession open(RealtimeUser user, SessionSettings settings, Runnable available);

}
