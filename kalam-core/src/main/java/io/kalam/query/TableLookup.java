package io.kalam.query;

import io.kalam.partition.LiveTable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the table that a query names.
 */
@FunctionalInterface
public interface TableLookup {

	/**
	 * Finds a table.
	 * @param schema the schema as the catalog spells it, {@code null} if the query names
	 * none
	 * @param name the table's name as the catalog spells it
	 * @return the table, or {@code null} if there is none that the user may read
	 */
	@Nullable LiveTable find(@Nullable String schema, String name);

}
