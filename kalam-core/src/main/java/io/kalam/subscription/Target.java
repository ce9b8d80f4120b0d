package io.kalam.subscription;

import java.util.Objects;

import io.kalam.access.TableAccess;
import io.kalam.partition.Partition;
import io.kalam.query.LiveQuery;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription follows.
 *
 * @param query the live query, with what the access rules ask of its rows
 * @param partition the partition, or {@code null} if no row can be the user's
 * @param access what was decided about the user and the table
 */
record Target(LiveQuery query, @Nullable Partition partition, TableAccess.Granted access) {

	/**
	 * Whether the same query shows the same rows by another decision.
	 */
	boolean showsSame(Target other) {
		return this.query.predicate().equals(other.query.predicate())
				&& Objects.equals(this.partition, other.partition);
	}

}
