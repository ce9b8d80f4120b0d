package io.kalam.subscription;

import io.kalam.query.LiveQuery;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription is doing.
 *
 * @param id the client's name for it
 * @param sql the client's text
 * @param query what was understood
 * @param stage how far it is
 * @param taken the position up to which its socket has taken everything, {@code null}
 * before it is live
 */
public record SubscriptionStatus(String id, String sql, LiveQuery query, Stage stage, @Nullable Sequence taken) {

	/**
	 * How far a subscription is.
	 */
	public enum Stage {

		/** It waits for its snapshot, or for history to begin. */
		STARTING,

		/** It waits until the journal has reached its cursor. */
		WAITING,

		/** It sends its snapshot. */
		SENDING,

		/** It reads the journal. */
		CATCHING_UP,

		/** It is told of changes as they are committed. */
		LIVE

	}

}
