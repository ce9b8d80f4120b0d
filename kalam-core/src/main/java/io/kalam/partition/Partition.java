package io.kalam.partition;

import io.kalam.catalog.TableName;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that belong together: those of one owner, or all of a shared table.
 *
 * @param table the table
 * @param owner the owner in canonical form (as the owner column's type prints it), or
 * {@code null} for a shared table
 */
public record Partition(TableName table, @Nullable String owner) {

	/**
	 * The partition of a shared table.
	 * @param table the table
	 * @return all its rows
	 */
	public static Partition shared(TableName table) {
		return new Partition(table, null);
	}

	/**
	 * Names the table and not the owner: who reads what must not reach a log.
	 */
	@Override
	public String toString() {
		return "Partition of " + this.table;
	}

}
