package io.kalam.boot.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.kalam.catalog.TableName;
import io.kalam.subscription.LiveHub;
import io.kalam.subscription.SessionStatus;
import io.kalam.subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions are altogether. They are asked once for all gauges of a scrape.
 */
final class SessionTotals {

	private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

	private final LiveHub hub;

	private final LongSupplier nanoTime;

	private @Nullable Totals totals;

	private long at;

	SessionTotals(LiveHub hub, LongSupplier nanoTime) {
		this.hub = hub;
		this.nanoTime = nanoTime;
	}

	/**
	 * The totals of now, or of a second ago.
	 */
	synchronized Totals get() {
		long now = this.nanoTime.getAsLong();
		Totals current = this.totals;
		if (current == null || now - this.at >= FRESH) {
			current = count();
			this.totals = current;
			this.at = now;
		}
		return current;
	}

	private Totals count() {
		int behind = 0;
		long queuedBytes = 0;
		Map<TableName, Integer> subscriptions = new HashMap<>();
		for (SessionStatus session : this.hub.sessionStatuses()) {
			behind += session.behind() ? 1 : 0;
			queuedBytes += session.queuedBytes();
			for (SubscriptionStatus subscription : session.subscriptions()) {
				subscriptions.merge(subscription.query().table().name(), 1, Integer::sum);
			}
		}
		return new Totals(behind, queuedBytes, subscriptions);
	}

	/**
	 * What the sessions are altogether.
	 *
	 * @param behind how many are fed from the journal because they were too slow
	 * @param queuedBytes how many bytes wait for them
	 * @param subscriptions how many subscriptions each table has; none for a table that
	 * is not there
	 */
	record Totals(int behind, long queuedBytes, Map<TableName, Integer> subscriptions) {

	}

}
