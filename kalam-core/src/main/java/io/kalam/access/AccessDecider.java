package io.kalam.access;

import java.time.Instant;
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
	 * For the application's own code: every table can be read, and by {@link #EVERYBODY}
	 * all rows of it.
	 */
	public static final AccessDecider TRUSTING = new AccessDecider(true);

	/**
	 * Stands for all owners. No token makes such a user.
	 */
	public static final RealtimeUser EVERYBODY = new RealtimeUser("", "everybody", Set.of(), Instant.MAX);

	private final boolean trusting;

	/**
	 * For users who are known by their tokens.
	 */
	public AccessDecider() {
		this(false);
	}

	private AccessDecider(boolean trusting) {
		this.trusting = trusting;
	}

	/**
	 * Decides about a table.
	 * @param user who asks
	 * @param table which table
	 * @return what may be read of it
	 */
	public AccessDecision decide(RealtimeUser user, LiveTable table) {
		if (this.trusting && user.equals(EVERYBODY)) {
			return new AccessDecision.Rows(table.all());
		}
		if (table.definition().type() == RealtimeTableType.SHARED && !this.trusting && !isAdmitted(user, table)) {
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
