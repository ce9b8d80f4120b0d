package io.kalam.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A table as it was when it was read from the catalog. Two descriptions with equal
 * columns and key are equal.
 *
 * @param name the table's name; the root's for a partitioned table
 * @param columns the columns in the table's order, dropped ones left out, and those that
 * are hidden from whom it is for
 * @param key the columns of the primary key, in the key's order
 */
public record Table(TableName name, List<Column> columns, List<Column> key) {

	public Table {
		columns = List.copyOf(columns);
		key = List.copyOf(key);
	}

	/**
	 * The table as it looks to those for whom some columns are hidden.
	 * @param choice which columns are not hidden
	 * @return the table without the others
	 */
	public Table showing(ColumnChoice choice) {
		List<Column> shown = new ArrayList<>();
		for (Column column : this.columns) {
			if (choice.admits(column.name())) {
				shown.add(new Column(column.name(), shown.size(), column.type(), column.nullable(), column.generated(),
						column.collation()));
			}
		}
		if (shown.size() == this.columns.size()) {
			return this;
		}
		Table table = new Table(this.name, shown, List.of());
		return new Table(this.name, shown,
				this.key.stream().map((column) -> table.column(column.name())).filter(Objects::nonNull).toList());
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
