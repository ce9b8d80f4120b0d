package io.kalam.subscription;

import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * How often a subscription's start was tried again, and what has to be cancelled if it is
 * to do something else meanwhile. Used under the session's lock.
 */
final class StartAttempts {

	private static final int MAX = 3;

	private Disposable.Composite work = Disposables.composite();

	private int count;

	private ResumeListener resume = ResumeListener.NONE;

	/**
	 * Counts an attempt.
	 * @return whether it may be made: a few times in a row, so that a table that never
	 * settles ends the subscription
	 */
	boolean tryAgain() {
		return this.count++ < MAX;
	}

	/**
	 * The start has succeeded: the count begins anew.
	 */
	void succeeded() {
		this.count = 0;
	}

	/**
	 * A cursor is taken up.
	 * @param listener is told how that goes on
	 */
	void resuming(ResumeListener listener) {
		this.resume = listener;
	}

	void decided(ResumeOutcome outcome) {
		this.resume.decided(outcome);
		if (outcome != ResumeOutcome.CONTINUED) {
			this.resume = ResumeListener.NONE;
		}
	}

	/**
	 * The subscription is live.
	 */
	void joined() {
		this.resume.caughtUp();
		this.resume = ResumeListener.NONE;
	}

	/**
	 * Keeps what has to be cancelled if the subscription ends or starts again before it
	 * has started.
	 */
	void starting(Disposable work) {
		this.work.add(work);
	}

	/**
	 * What is under way.
	 * @return disposed of for good by {@link #cancel}
	 */
	Disposable.Composite work() {
		return this.work;
	}

	/**
	 * Cancels what is under way. More work may follow.
	 */
	void cancel() {
		this.resume.abandoned();
		this.resume = ResumeListener.NONE;
		this.work.dispose();
		this.work = Disposables.composite();
	}

}
