package io.kalam.catalog;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A table as it was when it was read from the catalog. Two descriptions with equal
 * columns and key are equal.
 *
 * @param name the table's name; the root's for a partitioned table
 * @param columns the columns in the table's order, hidden and dropped ones left out
 * @param key the columns of the primary key, in the key's order
 */
public record Table(TableName name, List<Column> columns, List<Column> key) {

	public Table {
		columns = List.copyOf(columns);
		key = List.copyOf(key);
	}

	/**
	 * Finds a column.
	 * @param name the column's name, as the catalog spells it
	 * @return the column, or {@code null}
	 */
	public @Nullable Column column(String name) {
		for (Column column : this.columns) {
			if (column.name().equals(name)) {
				return column;
			}
		}
		return null;
	}

}
