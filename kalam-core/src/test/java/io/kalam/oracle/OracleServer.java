package io.kalam.oracle;

import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionSessions;

/**
 * What clients connect to.
 */
interface OracleServer {

	SubscriptionSessions sessions();

	/**
	 * Which process it is.
	 */
	default int process() {
		return 0;
	}

	/**
	 * Whether the journal is so small that those who are slow fall behind it.
	 */
	default boolean isForgetful() {
		return false;
	}

	/**
	 * Whether a cursor can't be continued any more.
	 */
	default boolean hasForgotten(Sequence cursor) {
		return false;
	}

	/**
	 * How often it has changed what a user may read of a table.
	 */
	default int accessVersion(String user, OracleTable table) {
		return 0;
	}

	/**
	 * Whether a user may read nothing of a table, or could not at some time.
	 * @param version since when
	 */
	default boolean hasDenied(String user, OracleTable table, int version) {
		return false;
	}

	/**
	 * Whether a user may read nothing of a table.
	 */
	default boolean denies(String user, OracleTable table) {
		return false;
	}

}
