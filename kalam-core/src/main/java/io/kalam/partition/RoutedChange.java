package io.kalam.partition;

import io.kalam.change.Change;
import org.jspecify.annotations.Nullable;

/**
 * A change on its way to a partition.
 *
 * @param ordinal its place in the transaction: those of one partition ascend in the order
 * in which they were made
 * @param partition the partition, or {@code null} for what concerns every partition of
 * the table (a truncate, a reset)
 * @param change the change
 */
public record RoutedChange(int ordinal, @Nullable Partition partition, Change change) {

	/**
	 * Whether the reader of a partition has to see this change.
	 * @param reader the partition that is read
	 * @return whether the change is of that partition or of the whole table
	 */
	public boolean concerns(Partition reader) {
		return (this.partition != null) ? reader.covers(this.partition) : this.change.table().equals(reader.table());
	}

	/**
	 * About how many bytes of heap it takes.
	 * @return the size in bytes
	 */
	public long size() {
		return 32L + this.change.size();
	}

}
