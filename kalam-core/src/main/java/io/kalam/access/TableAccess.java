package io.kalam.access;

import java.util.List;

import io.kalam.catalog.TableName;

/**
 * What a user may read of a table, within the partition that is theirs.
 */
public sealed interface TableAccess {

	/**
	 * The table can't be read: for this user it does not exist.
	 */
	record Denied() implements TableAccess {

	}

	/**
	 * Rows of the user's partition can be read.
	 *
	 * @param table the table that was decided about, and no other
	 * @param rules what else has to be true of a row; all of them
	 */
	record Granted(TableName table, List<AccessRule> rules) implements TableAccess {

		public Granted {
			rules = List.copyOf(rules);
		}

	}

}
