package io.kalam.journal.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.TableName;
import io.kalam.partition.Partition;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

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
	 * Removes the parts of the oldest transaction from each of some partitions and
	 * tables, where they are still there.
	 * @param sequence the transaction
	 * @param ofPartitions the partitions
	 * @param ofTables the tables
	 */
	void removeFirst(Sequence sequence, Collection<Partition> ofPartitions, Collection<TableName> ofTables) {
		ofPartitions.forEach((partition) -> removeFirst(sequence, partition, this.partitions));
		ofTables.forEach((table) -> removeFirst(sequence, table, this.tables));
	}

	private static <K> void removeFirst(Sequence sequence, K key, Map<K, Timeline<Part>> timelines) {
		timelines.computeIfPresent(key, (unused, timeline) -> {
			if (!timeline.get(0).transaction().sequence().isAfter(sequence)) {
				timeline.removeFirst();
			}
			return (timeline.size() > 0) ? timeline : null;
		});
	}

	void remove(Partition partition) {
		this.partitions.remove(partition);
	}

	PartReader reader(Partition partition, Sequence after, Sequence upTo) {
		return new PartReader(this.partitions.getOrDefault(partition, EMPTY),
				this.tables.getOrDefault(partition.table(), EMPTY), after, upTo);
	}

	/**
	 * What a transaction did to a table.
	 * @param sequence the transaction
	 * @param table the table
	 * @param among the partitions that it has touched, of this table and of others
	 * @return its part, {@code null} if it did nothing to the table that is still here
	 */
	@Nullable Part merged(Sequence sequence, TableName table, Collection<Partition> among) {
		List<Part> found = new ArrayList<>();
		for (Partition partition : among) {
			if (partition.table().equals(table)) {
				find(sequence, this.partitions.get(partition), found);
			}
		}
		find(sequence, this.tables.get(table), found);
		return found.isEmpty() ? null : Part.merge(found);
	}

	private static void find(Sequence sequence, @Nullable Timeline<Part> timeline, List<Part> found) {
		int index = (timeline != null) ? timeline.indexAfter(sequence) - 1 : -1;
		if (timeline != null && index >= 0 && timeline.get(index).transaction().sequence().equals(sequence)) {
			found.add(timeline.get(index));
		}
	}

	int size() {
		return this.partitions.size() + this.tables.size();
	}

	void clear() {
		this.partitions.clear();
		this.tables.clear();
	}

}
