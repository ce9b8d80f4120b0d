package io.kalam.subscription;

import io.kalam.catalog.TableName;
import io.kalam.subscription.SubscriptionEvent.Reset;

/**
 * Is told what becomes of subscriptions. Called by any thread, mostly under a session's
 * lock; has to return at once.
 */
public interface SubscriptionListener {

	/**
	 * Listens to nothing.
	 */
	SubscriptionListener NONE = new SubscriptionListener() {
	};

	/**
	 * A client has come back with a cursor.
	 * @param table the table that it follows
	 * @return is told how that goes on
	 */
	default ResumeListener resuming(TableName table) {
		return ResumeListener.NONE;
	}

	/**
	 * It has been decided about a client's cursor.
	 * @param outcome what was decided
	 */
	default void resumed(ResumeOutcome outcome) {
	}

	/**
	 * A subscription has to start again.
	 * @param reason why
	 * @param purge whether its client has to forget the rows at once: because what may be
	 * read has changed, or else because its partition was purged
	 */
	default void reset(Reset.Reason reason, boolean purge) {
	}

	/**
	 * A request for a subscription was refused, or a subscription has ended with an
	 * error.
	 * @param code why
	 */
	default void failed(ErrorCode code) {
	}

	/**
	 * A client was too slow for the changes that it was due: it is fed from the journal
	 * until it is level again.
	 */
	default void fellBehind() {
	}

	/**
	 * A subscription to which the latest is delivered is not told some changes, because
	 * there were later ones of the same rows.
	 * @param changes how many
	 */
	default void folded(int changes) {
	}

}
