package io.kalam.subscription;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.Column;
import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.partition.RoutedChange;
import io.kalam.query.LiveQuery;
import io.kalam.subscription.LiveTransaction.Entry;
import io.kalam.subscription.Outcome.Interruption;
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

	private final Map<Key, NetChange> changes = new LinkedHashMap<>();

	private boolean truncated;

	private int ordinal;

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
	List<Entry> take() {
		List<Entry> entries = new ArrayList<>();
		if (this.truncated) {
			entries.add(new Entry(this.ordinal, this.subscription, Shown.TRUNCATED));
		}
		for (Iterator<NetChange> rest = this.changes.values().iterator(); rest.hasNext(); rest.remove()) {
			Outcome outcome = new EvaluatedChange(rest.next().asChange()).outcome(this.query);
			if (outcome != null) {
				entries.add(new Entry(this.ordinal, this.subscription, outcome));
			}
		}
		this.truncated = false;
		this.bytes = 0;
		return entries;
	}

	private @Nullable Interruption add(Change change) {
		if (change instanceof Change.Truncate) {
			this.changes.clear();
			this.bytes = 0;
			this.truncated = true;
			return new Entry(this.ordinal, this.subscription, Shown.TRUNCATED).interruption();
		}
		if (!EvaluatedChange.isReadable(change, this.query)) {
			return Interruption.RESET;
		}
		if (change instanceof Change.Insert insert) {
			add(null, shown(insert.row()));
		}
		else if (change instanceof Change.Update update) {
			add(shown(update.before()), shown(update.after()));
		}
		else if (change instanceof Change.Delete delete) {
			add(shown(delete.before()), null);
		}
		return null;
	}

	private @Nullable Row shown(Row row) {
		return this.query.predicate().test(row) ? row : null;
	}

	private void add(@Nullable Row before, @Nullable Row after) {
		Row row = (after != null) ? after : before;
		if (row == null) {
			return;
		}
		Key key = Key.of(row);
		NetChange earlier = this.changes.remove(key);
		this.bytes -= (earlier != null) ? earlier.size() : 0;
		NetChange net = new NetChange((earlier != null) ? earlier.before() : before, after);
		if (net.before() != null || net.after() != null) {
			this.changes.put(key, net);
			this.bytes += net.size();
		}
	}

	private record NetChange(@Nullable Row before, @Nullable Row after) {

		Change asChange() {
			if (this.before != null) {
				return (this.after != null) ? new Change.Update(this.before, this.after)
						: new Change.Delete(this.before);
			}
			Assert.state(this.after != null, "a net change has a row");
			return new Change.Insert(this.after);
		}

		int size() {
			return OVERHEAD + ((this.before != null) ? this.before.size() : 0)
					+ ((this.after != null) ? this.after.size() : 0);
		}

	}

	/**
	 * The key of a row, as Postgres would print it.
	 */
	private record Key(@Nullable Object[] values) {

		static Key of(Row row) {
			List<Column> columns = row.type().table().key();
			@Nullable Object[] values = new @Nullable Object[columns.size()];
			for (int i = 0; i < values.length; i++) {
				values[i] = row.get(columns.get(i).index());
			}
			return new Key(values);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Key key && Arrays.deepEquals(this.values, key.values);
		}

		@Override
		public int hashCode() {
			return Arrays.deepHashCode(this.values);
		}

	}

}
