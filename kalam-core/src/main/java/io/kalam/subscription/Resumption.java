package io.kalam.subscription;

import io.kalam.catalog.Lsn;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Takes up a client's cursor. One that lies ahead of the journal waits for capture, which
 * may have lost what it had delivered; one that lies ahead of the database itself is
 * refused. Until the database has said how far it is, it is asked whenever the session is
 * polled and no answer is due.
 */
final class Resumption {

	private final SubscriptionStart start;

	private final Subscription subscription;

	private final Sequence cursor;

	private volatile boolean asked;

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
	 * Says that the database could not be asked. May be called by any thread.
	 */
	void unanswered() {
		this.asked = false;
	}

	/**
	 * Goes on, or refuses, if that can be decided.
	 * @param head the position up to which everything has been published
	 */
	void tryNow(Sequence head) {
		if (!this.cursor.isAfter(head)) {
			this.start.resume(this.subscription, this.cursor);
		}
		else if (this.databaseEnd == null) {
			ask();
		}
		else if (this.cursor.lsn().isAfter(this.databaseEnd)) {
			this.start.expired(this.subscription, ResumeOutcome.AHEAD);
		}
	}

	private void ask() {
		if (!this.asked) {
			this.asked = true;
			this.start.askForEnd(this.subscription, this);
		}
	}

}
