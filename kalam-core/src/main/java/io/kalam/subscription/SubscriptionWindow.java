package io.kalam.subscription;

import java.time.Duration;

import io.kalam.query.LiveQuery;
import io.kalam.query.Window;
import io.kalam.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * The window of a subscription, if its query has one, from one snapshot to the next. Used
 * under the session's lock.
 */
final class SubscriptionWindow {

	private @Nullable LiveWindow rows;

	private Mono<Void> refillDue = Mono.empty();

	/**
	 * What the client holds; {@code null} before a snapshot, and for queries that show
	 * all rows.
	 */
	@Nullable LiveWindow rows() {
		return this.rows;
	}

	/**
	 * Begins anew.
	 * @param query the query
	 * @param snapshot its rows
	 * @return what of them is shown
	 */
	Snapshot begin(LiveQuery query, Snapshot snapshot) {
		Window bounds = query.window();
		if (bounds == null) {
			return snapshot;
		}
		LiveWindow learning = new LiveWindow(query);
		this.rows = learning;
		return new WindowSnapshot(snapshot, query.ordering(), bounds, learning);
	}

	/**
	 * Ends a subscription whose rows have come and are too large to be kept.
	 */
	void check(Subscription subscription) {
		if (this.rows != null && this.rows.isTooLarge()) {
			subscription.interrupt(Outcome.Interruption.OVERFLOW);
		}
	}

	void forget() {
		this.rows = null;
	}

	/**
	 * Reads the rows that move up, and all others with them, as soon as that may be done
	 * again: from one such read to the next a while has to pass, however the rows come
	 * and go.
	 * @param subscription the subscription, which has forgotten its rows
	 * @param starting what is disposed of if it is to do something else meanwhile
	 */
	void refill(Subscription subscription, Disposable.Composite starting) {
		Window bounds = subscription.query().window();
		Duration interval = (bounds != null) ? bounds.limits().refillInterval() : Duration.ZERO;
		LiveSession session = subscription.session();
		starting.add(this.refillDue.subscribe((nothing) -> {
		}, (ex) -> {
		}, () -> session.resume(() -> {
			if (!starting.isDisposed()) {
				pause(interval);
				session.restart(subscription);
			}
		})));
	}

	private void pause(Duration interval) {
		if (!interval.isZero()) {
			this.refillDue = Mono.delay(interval).then().cache();
			this.refillDue.subscribe();
		}
	}

}
