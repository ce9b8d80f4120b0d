package io.kalam.websocket;

import io.kalam.operations.RealtimeCursor;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Tells where a client that has a single subscription can go on. Used by one thread at a
 * time.
 */
final class StreamCursors {

	/**
	 * The client can go on nowhere: what it holds is about to be replaced.
	 */
	static final String NONE = "";

	private boolean resuming;

	private boolean exact;

	private String epoch = NONE;

	/**
	 * For a new client.
	 * @param resuming whether it comes with a cursor
	 */
	StreamCursors(boolean resuming) {
		this.resuming = resuming;
	}

	/**
	 * Whether an event says that the client's cursor is not continued.
	 */
	boolean isExpiredBy(SubscriptionEvent event) {
		return this.resuming && event instanceof Acknowledged acknowledged && !acknowledged.resumed();
	}

	/**
	 * The place of a client that has seen an event.
	 * @param event the event
	 * @return the cursor, {@link #NONE}, or {@code null} if it is where it was
	 */
	@Nullable String after(SubscriptionEvent event) {
		if (event instanceof Acknowledged acknowledged) {
			this.resuming = false;
			this.exact = !acknowledged.snapshot();
			this.epoch = acknowledged.epoch().value();
			return acknowledged.snapshot() ? NONE : null;
		}
		if (event instanceof Reset) {
			this.exact = false;
			return NONE;
		}
		if (event instanceof Mark mark) {
			this.exact |= mark.id() != null;
			return cursor(mark.sequence());
		}
		return (event instanceof Transaction transaction && transaction.last()) ? cursor(transaction.sequence()) : null;
	}

	private @Nullable String cursor(Sequence sequence) {
		return this.exact ? new RealtimeCursor(sequence.toString(), this.epoch).toString() : null;
	}

}
