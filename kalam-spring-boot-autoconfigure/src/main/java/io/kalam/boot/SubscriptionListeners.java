package io.kalam.boot;

import java.util.List;

import io.kalam.catalog.TableName;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.ResumeListener;
import io.kalam.subscription.ResumeOutcome;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionListener;

/**
 * Tells several listeners, in their order.
 *
 * @param all the listeners
 */
record SubscriptionListeners(List<SubscriptionListener> all) implements SubscriptionListener {

	@Override
	public ResumeListener resuming(TableName table) {
		return new Resumes(this.all.stream()
			.map((listener) -> listener.resuming(table))
			.filter((listener) -> listener != ResumeListener.NONE)
			.toList());
	}

	@Override
	public void resumed(ResumeOutcome outcome) {
		this.all.forEach((listener) -> listener.resumed(outcome));
	}

	@Override
	public void reset(Reset.Reason reason, boolean purge) {
		this.all.forEach((listener) -> listener.reset(reason, purge));
	}

	@Override
	public void failed(ErrorCode code) {
		this.all.forEach((listener) -> listener.failed(code));
	}

	@Override
	public void fellBehind() {
		this.all.forEach(SubscriptionListener::fellBehind);
	}

	private record Resumes(List<ResumeListener> all) implements ResumeListener {

		@Override
		public void decided(ResumeOutcome outcome) {
			this.all.forEach((listener) -> listener.decided(outcome));
		}

		@Override
		public void caughtUp() {
			this.all.forEach(ResumeListener::caughtUp);
		}

		@Override
		public void abandoned() {
			this.all.forEach(ResumeListener::abandoned);
		}

	}

}
