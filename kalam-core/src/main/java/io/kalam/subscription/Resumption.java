package io.kalam.subscription;

import io.kalam.catalog.Lsn;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Takes up a client's cursor. One that lies ahead of the journal waits for capture, which
 * may have lost what it had delivered; one that lies ahead of the database itself is
 * refused.
 */
final class Resumption {

	private final SubscriptionStart start;

	private final Subscription subscription;

	private final Sequence cursor;

	private @Nullable Lsn databaseEnd;

	Resumption(SubscriptionStart start, Subscription subscription, Sequence cursor) {
		this.start = start;
		this.subscription = subscription;
		this.cursor = cursor;
	}

	/**
	 * Says where the database's log ended after the cursor had been received.
	 */
	void databaseEnd(Lsn end) {
		this.databaseEnd = end;
	}

	/**
	 * Goes on, or refuses, if that can be decided.
	 * @param head the position up to which everything has been published
	 */
	void tryNow(Sequence head) {
		if (!this.cursor.isAfter(head)) {
			this.start.resume(this.subscription, this.cursor);
		}
		else if (this.databaseEnd != null && this.cursor.lsn().isAfter(this.databaseEnd)) {
			this.start.expired(this.subscription, "The cursor is ahead of the database; subscribe again without it");
		}
	}

}
