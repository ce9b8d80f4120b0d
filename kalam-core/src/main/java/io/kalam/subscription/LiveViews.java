package io.kalam.subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.catalog.TableName;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.query.LiveQuery;
import io.kalam.subscription.LiveTransaction.Entry;

/**
 * The live subscriptions, found by the partition of a change. Used under the hub's lock.
 */
final class LiveViews {

	private final Map<Partition, Map<LiveQuery, List<Subscription>>> partitions = new HashMap<>();

	private final Map<TableName, Map<Partition, Map<LiveQuery, List<Subscription>>>> tables = new HashMap<>();

	void add(Subscription subscription, Partition partition) {
		Map<LiveQuery, List<Subscription>> views = this.partitions.computeIfAbsent(partition, (key) -> {
			Map<LiveQuery, List<Subscription>> created = new LinkedHashMap<>(2);
			this.tables.computeIfAbsent(key.table(), (table) -> new HashMap<>()).put(key, created);
			return created;
		});
		views.computeIfAbsent(subscription.query(), (key) -> new ArrayList<>(1)).add(subscription);
	}

	void remove(Subscription subscription, Partition partition) {
		Map<LiveQuery, List<Subscription>> views = this.partitions.get(partition);
		if (views == null) {
			return;
		}
		views.computeIfPresent(subscription.query(),
				(key, subscribers) -> (subscribers.remove(subscription) && subscribers.isEmpty()) ? null : subscribers);
		if (views.isEmpty()) {
			this.partitions.remove(partition);
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
				.forEach((views) -> views.values()
					.forEach((subscriptions) -> subscriptions
						.forEach((subscription) -> found.add(subscription.session()))));
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
			Map<LiveQuery, List<Subscription>> views = this.partitions.get(routed.partition());
			if (views != null) {
				evaluate(routed.ordinal(), change, views, touched);
			}
		}
		else {
			this.tables.getOrDefault(routed.change().table(), Map.of())
				.values()
				.forEach((views) -> evaluate(routed.ordinal(), change, views, touched));
		}
	}

	private static void evaluate(int ordinal, EvaluatedChange change, Map<LiveQuery, List<Subscription>> views,
			Map<LiveSession, List<Entry>> touched) {
		views.forEach((query, subscriptions) -> {
			Outcome outcome = change.outcome(query);
			if (outcome != null) {
				subscriptions.stream()
					.filter((subscription) -> subscription.session().feed().isOpen())
					.forEach((subscription) -> touched
						.computeIfAbsent(subscription.session(), (session) -> new ArrayList<>())
						.add(new Entry(ordinal, subscription, outcome)));
			}
		});
	}

}
