package io.kalam.sequence;

import java.util.UUID;

/**
 * Which history a journal holds.
 *
 * @param generation the generation of its last commit
 * @param incarnation the incarnation of that generation
 * @param heartbeat the last heartbeat that it knows of
 * @param timeline the timeline of its last commit
 * @param systemIdentifier the cluster that it was read from
 * @param databaseOid the database that it was read from
 */
public record JournalIdentity(Generation generation, UUID incarnation, long heartbeat, int timeline,
		long systemIdentifier, long databaseOid) {

	/**
	 * The history that is told under an identity.
	 * @param identity the identity
	 * @param timeline the timeline that the server's log is written on
	 * @return what a journal has to remember of it
	 */
	public static JournalIdentity of(Identity identity, int timeline) {
		return new JournalIdentity(identity.generation(), identity.incarnation(), identity.heartbeat(), timeline,
				identity.systemIdentifier(), identity.databaseOid());
	}

}
