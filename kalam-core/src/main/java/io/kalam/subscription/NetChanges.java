package io.kalam.subscription;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.partition.RoutedChange;
import io.kalam.query.LiveQuery;
import io.kalam.subscription.LiveTransaction.Entry;
import io.kalam.subscription.Outcome.Interruption;
import io.kalam.subscription.Outcome.Keyed;
import io.kalam.subscription.Outcome.Shown;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a stretch of history comes to for one subscription: for each key the row that the
 * query showed before it and the one that it shows behind it. A row that came and went
 * within it is not in it; one that went is a delete.
 */
final class NetChanges {

	private static final int OVERHEAD = 160;

	private final Subscription subscription;

	private final LiveQuery query;

	private final Map<RowKey, NetChange> changes = new LinkedHashMap<>();

	private boolean truncated;

	private int ordinal;

	private int count;

	private long bytes;

	NetChanges(Subscription subscription) {
		this.subscription = subscription;
		this.query = subscription.query();
	}

	/**
	 * Adds the next change.
	 * @param routed a change that concerns the subscription's partition
	 * @return why the subscription can't be followed across the change, {@code null} if
	 * it can
	 */
	@Nullable Interruption add(RoutedChange routed) {
		this.ordinal = routed.ordinal();
		try {
			return add(routed.change());
		}
		catch (RuntimeException ex) {
			return EvaluatedChange.failure(this.query, ex);
		}
	}

	/**
	 * Adds the next change, of which it is known what it means.
	 * @param change a change of a row that the subscription's query showed or shows
	 */
	void add(Keyed change) {
		this.count++;
		put(change.key(), new NetChange(change.before(), change.after(), change.alone()));
	}

	/**
	 * Adds that all rows have gone.
	 */
	void truncate() {
		this.count++;
		this.changes.clear();
		this.bytes = 0;
		this.truncated = true;
	}

	/**
	 * About how many bytes of heap it takes.
	 */
	long size() {
		return this.bytes;
	}

	/**
	 * Takes it, and begins anew behind it.
	 * @return what to tell the subscription, in the order in which the keys were changed
	 * last
	 */
	Net take() {
		List<Entry> entries = new ArrayList<>();
		if (this.truncated) {
			entries.add(new Entry(this.ordinal, this.subscription, Shown.TRUNCATED));
		}
		for (Iterator<NetChange> rest = this.changes.values().iterator(); rest.hasNext(); rest.remove()) {
			Outcome outcome = rest.next().outcome(this.query);
			if (outcome != null) {
				entries.add(new Entry(this.ordinal, this.subscription, outcome));
			}
		}
		Net net = new Net(entries, this.count - entries.size());
		this.truncated = false;
		this.count = 0;
		this.bytes = 0;
		return net;
	}

	private @Nullable Interruption add(Change change) {
		if (change instanceof Change.Truncate) {
			truncate();
			return new Entry(this.ordinal, this.subscription, Shown.TRUNCATED).interruption();
		}
		if (!EvaluatedChange.isReadable(change, this.query)) {
			return Interruption.RESET;
		}
		add(shown(EvaluatedChange.before(change)), shown(EvaluatedChange.after(change)));
		return null;
	}

	private @Nullable Row shown(@Nullable Row row) {
		return (row != null && this.query.predicate().test(row)) ? this.query.projection().only(row) : null;
	}

	private void add(@Nullable Row before, @Nullable Row after) {
		Row row = (after != null) ? after : before;
		if (row != null && !looksSame(before, after)) {
			this.count++;
			put(RowKey.of(row), new NetChange(before, after, null));
		}
	}

	private boolean looksSame(@Nullable Row before, @Nullable Row after) {
		return before != null && after != null && this.query.projection().showsSame(before, after);
	}

	private void put(RowKey key, NetChange change) {
		NetChange earlier = this.changes.remove(key);
		this.bytes -= (earlier != null) ? earlier.size() : 0;
		NetChange net = (earlier != null) ? new NetChange(earlier.before(), change.after(), null) : change;
		if (net.before() != null || net.after() != null) {
			this.changes.put(key, net);
			this.bytes += net.size();
		}
	}

	/**
	 * What there is to tell.
	 *
	 * @param entries what to tell the subscription
	 * @param folded how many changes are left out of it
	 */
	record Net(List<Entry> entries, int folded) {

	}

	private record NetChange(@Nullable Row before, @Nullable Row after, @Nullable Outcome alone) {

		@Nullable Outcome outcome(LiveQuery query) {
			return (this.alone != null) ? this.alone : new EvaluatedChange(asChange()).told(query);
		}

		private Change asChange() {
			if (this.before != null) {
				return (this.after != null) ? new Change.Update(this.before, this.after)
						: new Change.Delete(this.before);
			}
			Assert.state(this.after != null, "a net change has a row");
			return new Change.Insert(this.after);
		}

		int size() {
			return OVERHEAD + ((this.before != null) ? this.before.size() : 0)
					+ ((this.after != null) ? this.after.size() : 0) + ((this.alone != null) ? this.alone.size() : 0);
		}

	}

}
