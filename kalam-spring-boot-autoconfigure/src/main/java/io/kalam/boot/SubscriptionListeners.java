package io.kalam.boot;

import java.util.ArrayList;
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
record SubscriptionListeners(Listeners<SubscriptionListener> all) implements SubscriptionListener {

	@Override
	public ResumeListener resuming(TableName table) {
		List<ResumeListener> resuming = new ArrayList<>();
		this.all.tell((listener) -> resuming.add(listener.resuming(table)));
		resuming.removeIf(ResumeListener.NONE::equals);
		return resuming.isEmpty() ? ResumeListener.NONE : new Resumes(new Listeners<>(resuming));
	}

	@Override
	public void resumed(ResumeOutcome outcome) {
		this.all.tell((listener) -> listener.resumed(outcome));
	}

	@Override
	public void reset(Reset.Reason reason, boolean purge) {
		this.all.tell((listener) -> listener.reset(reason, purge));
	}

	@Override
	public void failed(ErrorCode code) {
		this.all.tell((listener) -> listener.failed(code));
	}

	@Override
	public void fellBehind() {
		this.all.tell(SubscriptionListener::fellBehind);
	}

	@Override
	public void folded(int changes) {
		this.all.tell((listener) -> listener.folded(changes));
	}

	private record Resumes(Listeners<ResumeListener> all) implements ResumeListener {

		@Override
		public void decided(ResumeOutcome outcome) {
			this.all.tell((listener) -> listener.decided(outcome));
		}

		@Override
		public void caughtUp() {
			this.all.tell(ResumeListener::caughtUp);
		}

		@Override
		public void abandoned() {
			this.all.tell(ResumeListener::abandoned);
		}

	}

}
