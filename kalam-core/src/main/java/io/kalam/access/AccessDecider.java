package io.kalam.access;

import java.util.Collections;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;

/**
 * Decides who may read what. A pure function of the user and the table's definition, so
 * that the same question has the same answer for snapshot, resume and live.
 */
public final class AccessDecider {

	/**
	 * Decides about a table.
	 * @param user who asks
	 * @param table which table
	 * @return what may be read of it
	 */
	public AccessDecision decide(RealtimeUser user, LiveTable table) {
		if (table.definition().type() == RealtimeTableType.SHARED && !isAdmitted(user, table)) {
			return new AccessDecision.Denied();
		}
		Partition partition = table.partitionOf(user.name());
		return (partition != null) ? new AccessDecision.Rows(partition) : new AccessDecision.Nothing();
	}

	private static boolean isAdmitted(RealtimeUser user, LiveTable table) {
		Set<String> admitted = table.definition().authorities();
		return admitted.isEmpty() || !Collections.disjoint(admitted, user.authorities());
	}

}
