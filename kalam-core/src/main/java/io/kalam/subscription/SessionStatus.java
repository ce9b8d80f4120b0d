package io.kalam.subscription;

import java.util.List;

import io.kalam.access.RealtimeUser;

/**
 * How the session of one socket is doing.
 *
 * @param user who is connected
 * @param queuedBytes how many bytes wait for it in memory
 * @param behind whether it is fed from the journal, because it was too slow
 * @param subscriptions its subscriptions, in the order in which they were made
 */
public record SessionStatus(RealtimeUser user, long queuedBytes, boolean behind,
		List<SubscriptionStatus> subscriptions) {

	public SessionStatus {
		subscriptions = List.copyOf(subscriptions);
	}

}
