package io.kalam.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A table that the application wants to be realtime.
 *
 * @param reference the table
 * @param owner the owner column, looked up as {@link TableReference} is; {@code null} for
 * a shared table
 * @param origin where this was said, for messages: the name of the annotated class
 * @param choice which columns are not hidden; their names are looked up as the owner's is
 */
public record RequiredTable(TableReference reference, @Nullable String owner, String origin, ColumnChoice choice) {

	/**
	 * A table without hidden columns.
	 * @param reference the table
	 * @param owner the owner column, looked up as {@link TableReference} is; {@code null}
	 * for a shared table
	 * @param origin where this was said, for messages: the name of the annotated class
	 */
	public RequiredTable(TableReference reference, @Nullable String owner, String origin) {
		this(reference, owner, origin, ColumnChoice.ALL);
	}

}
