package io.kalam.snapshot;

import io.kalam.catalog.TableName;

/**
 * A row holds a value that can't be told. To try again is pointless until somebody has
 * changed the value or the codec.
 */
public class UnreadableValueException extends SnapshotException {

	/**
	 * A value can't be told.
	 * @param table the table
	 * @param detail which column it is and why; holds no value
	 */
	public UnreadableValueException(TableName table, String detail) {
		super("A snapshot of " + table + " failed: " + detail);
	}

}
