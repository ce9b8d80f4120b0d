package io.kalam.journal.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.TableName;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;

/**
 * A transaction taken apart by who has to see what of it.
 *
 * @param partitions what concerns one partition
 * @param tables what concerns every partition of a table
 */
record Parts(Map<Partition, Part> partitions, Map<TableName, Part> tables) {

	private static final int PART_OVERHEAD = 192;

	static Parts of(RoutedTransaction transaction) {
		Map<Partition, List<RoutedChange>> partitions = new HashMap<>();
		Map<TableName, List<RoutedChange>> tables = new HashMap<>();
		for (RoutedChange change : transaction.changes()) {
			Partition partition = change.partition();
			List<RoutedChange> changes = (partition != null)
					? partitions.computeIfAbsent(partition, (key) -> new ArrayList<>())
					: tables.computeIfAbsent(change.change().table(), (key) -> new ArrayList<>());
			changes.add(change);
		}
		return new Parts(parts(transaction, partitions), parts(transaction, tables));
	}

	private static <K> Map<K, Part> parts(RoutedTransaction transaction, Map<K, List<RoutedChange>> changes) {
		Map<K, Part> parts = new HashMap<>();
		changes.forEach((key, list) -> parts.put(key, Part.of(transaction, list)));
		return parts;
	}

	boolean isEmpty() {
		return this.partitions.isEmpty() && this.tables.isEmpty();
	}

	/**
	 * About how many bytes of heap the parts and their places in the index take.
	 */
	long size() {
		long size = 0;
		for (Part part : this.partitions.values()) {
			size += PART_OVERHEAD + part.size();
		}
		for (Part part : this.tables.values()) {
			size += PART_OVERHEAD + part.size();
		}
		return size;
	}

}
