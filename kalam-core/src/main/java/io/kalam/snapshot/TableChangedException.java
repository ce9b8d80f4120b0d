package io.kalam.snapshot;

import io.kalam.catalog.TableName;

/**
 * The table is no longer what the request takes it for: its columns have to be read from
 * the catalog again before a snapshot can be.
 */
public class TableChangedException extends SnapshotException {

	/**
	 * A table has changed.
	 * @param table the table
	 */
	public TableChangedException(TableName table) {
		super("The columns of " + table + " are not those that were known: it was altered, replaced or dropped");
	}

}
