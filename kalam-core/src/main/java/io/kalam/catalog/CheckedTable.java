package io.kalam.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A realtime table that has passed the checks.
 *
 * @param required what the application said
 * @param table what the database has, without the columns that are hidden
 * @param choice which columns are not hidden, as the catalog spells them
 * @param owner the owner column, {@code null} if and only if none was asked for
 * @param lineage which history of its rows the stream tells
 * @param unsettled why it can't be served yet although all is in place, {@code null} if
 * it can
 */
public record CheckedTable(RequiredTable required, Table table, ColumnChoice choice, @Nullable Column owner,
		TableLineage lineage, @Nullable Finding unsettled) {

}
