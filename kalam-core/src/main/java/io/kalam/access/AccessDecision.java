package io.kalam.access;

import io.kalam.partition.Partition;

/**
 * What a user may read of a table.
 */
public sealed interface AccessDecision {

	/**
	 * The table can't be read: for this user it does not exist.
	 */
	record Denied() implements AccessDecision {

	}

	/**
	 * The table can be read and no row of it can ever be the user's.
	 */
	record Nothing() implements AccessDecision {

	}

	/**
	 * The rows of a partition can be read.
	 *
	 * @param partition the partition
	 */
	record Rows(Partition partition) implements AccessDecision {

	}

}
