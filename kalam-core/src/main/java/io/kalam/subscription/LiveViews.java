package io.kalam.subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.catalog.TableName;
import io.kalam.codec.RowType;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.subscription.LiveTransaction.Entry;

/**
 * The live subscriptions, found by the partition of a change and by its values. Used
 * under the hub's lock.
 */
final class LiveViews {

	private final int indexedFrom;

	private final Map<Partition, List<ViewIndex>> partitions = new HashMap<>();

	private final Map<TableName, Map<Partition, List<ViewIndex>>> tables = new HashMap<>();

	private final Map<TableName, List<ViewIndex>> all = new HashMap<>();

	/**
	 * Without subscriptions.
	 * @param indexedFrom from how many different queries of a partition on they are
	 * indexed
	 */
	LiveViews(int indexedFrom) {
		this.indexedFrom = indexedFrom;
	}

	void add(Subscription subscription, Partition partition) {
		List<ViewIndex> indexes = this.partitions.computeIfAbsent(partition, (key) -> {
			List<ViewIndex> created = new ArrayList<>(1);
			this.tables.computeIfAbsent(key.table(), (table) -> new HashMap<>()).put(key, created);
			if (key.isAll()) {
				this.all.put(key.table(), created);
			}
			return created;
		});
		RowType type = subscription.query().table().rowType();
		indexes.stream().filter((index) -> index.type().equals(type)).findFirst().orElseGet(() -> {
			ViewIndex index = new ViewIndex(type, this.indexedFrom);
			indexes.add(index);
			return index;
		}).add(subscription);
	}

	void remove(Subscription subscription, Partition partition) {
		List<ViewIndex> indexes = this.partitions.get(partition);
		if (indexes == null) {
			return;
		}
		indexes.forEach((index) -> index.remove(subscription));
		indexes.removeIf(ViewIndex::isEmpty);
		if (indexes.isEmpty()) {
			this.partitions.remove(partition);
			if (partition.isAll()) {
				this.all.remove(partition.table());
			}
			this.tables.computeIfPresent(partition.table(),
					(key, members) -> (members.remove(partition) != null && members.isEmpty()) ? null : members);
		}
	}

	/**
	 * The sessions that have a live subscription to one of some tables.
	 */
	Set<LiveSession> sessions(Set<TableName> of) {
		Set<LiveSession> found = new HashSet<>();
		for (TableName table : of) {
			this.tables.getOrDefault(table, Map.of())
				.values()
				.forEach((indexes) -> indexes.forEach((index) -> index.all()
					.forEach((view) -> view.subscriptions()
						.forEach((subscription) -> found.add(subscription.session())))));
		}
		return found;
	}

	/**
	 * Finds out what a change means, and for whom. Sessions whose feed is closed read it
	 * from the journal.
	 */
	void evaluate(RoutedChange routed, Map<LiveSession, List<Entry>> touched) {
		EvaluatedChange change = new EvaluatedChange(routed.change());
		if (routed.partition() != null) {
			evaluate(routed, change, this.partitions.getOrDefault(routed.partition(), List.of()), touched);
			evaluate(routed, change, this.all.getOrDefault(routed.change().table(), List.of()), touched);
		}
		else {
			this.tables.getOrDefault(routed.change().table(), Map.of())
				.values()
				.forEach((indexes) -> evaluate(routed, change, indexes, touched));
		}
	}

	private static void evaluate(RoutedChange routed, EvaluatedChange change, List<ViewIndex> indexes,
			Map<LiveSession, List<Entry>> touched) {
		for (ViewIndex index : indexes) {
			index.candidates(routed.change(), (view) -> {
				Outcome outcome = change.outcome(view.query());
				if (outcome != null) {
					tell(view, routed.ordinal(), change, outcome, touched);
				}
			});
		}
	}

	private static void tell(LiveView view, int ordinal, EvaluatedChange change, Outcome outcome,
			Map<LiveSession, List<Entry>> touched) {
		Outcome keyed = null;
		for (Subscription subscription : view.subscriptions()) {
			LiveSession session = subscription.session();
			if (session.feed().isOpen()) {
				boolean latest = subscription.request().isLatest();
				keyed = (latest && keyed == null) ? change.keyed(view.query(), outcome) : keyed;
				touched.computeIfAbsent(session, (key) -> new ArrayList<>(2))
					.add(new Entry(ordinal, subscription, (latest && keyed != null) ? keyed : outcome));
			}
		}
	}

}
