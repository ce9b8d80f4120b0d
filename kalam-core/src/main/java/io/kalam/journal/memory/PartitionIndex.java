package io.kalam.journal.memory;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.kalam.catalog.TableName;
import io.kalam.partition.Partition;
import io.kalam.sequence.Sequence;

/**
 * Finds what concerns a partition without looking at any other one's history. Holds
 * nothing for a partition without history.
 */
final class PartitionIndex {

	private static final Timeline<Part> EMPTY = new Timeline<>();

	private final Map<Partition, Timeline<Part>> partitions = new HashMap<>();

	private final Map<TableName, Timeline<Part>> tables = new HashMap<>();

	void add(Sequence sequence, Parts parts) {
		add(sequence, parts.partitions(), this.partitions);
		add(sequence, parts.tables(), this.tables);
	}

	private static <K> void add(Sequence sequence, Map<K, Part> parts, Map<K, Timeline<Part>> timelines) {
		parts.forEach((key, part) -> timelines.computeIfAbsent(key, (unused) -> new Timeline<>()).add(sequence, part));
	}

	/**
	 * Removes the oldest part of each of some partitions and tables.
	 * @param ofPartitions the partitions
	 * @param ofTables the tables
	 */
	void removeFirst(Collection<Partition> ofPartitions, Collection<TableName> ofTables) {
		ofPartitions.forEach((partition) -> removeFirst(partition, this.partitions));
		ofTables.forEach((table) -> removeFirst(table, this.tables));
	}

	private static <K> void removeFirst(K key, Map<K, Timeline<Part>> timelines) {
		timelines.computeIfPresent(key, (unused, timeline) -> {
			timeline.removeFirst();
			return (timeline.size() > 0) ? timeline : null;
		});
	}

	PartReader reader(Partition partition, Sequence after, Sequence upTo) {
		return new PartReader(this.partitions.getOrDefault(partition, EMPTY),
				this.tables.getOrDefault(partition.table(), EMPTY), after, upTo);
	}

	int size() {
		return this.partitions.size() + this.tables.size();
	}

	void clear() {
		this.partitions.clear();
		this.tables.clear();
	}

}
