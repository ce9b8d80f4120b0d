package io.kalam.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param name the column's name, as the catalog spells it
 * @param index its place among the table's columns, from 0, dropped ones not counted
 * @param type its type
 * @param nullable whether it may be null
 * @param generated whether its value is computed by Postgres (a stored generated column)
 * @param collation its collation, {@code null} for a type that has none
 */
public record Column(String name, int index, ColumnType type, boolean nullable, boolean generated,
		@Nullable Collation collation) {

}
