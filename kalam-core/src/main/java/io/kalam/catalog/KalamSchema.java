package io.kalam.catalog;

/**
 * What is ours in the database besides slot and publication.
 */
public final class KalamSchema {

	/**
	 * The schema's name.
	 */
	public static final String NAME = "kalam";

	/**
	 * The prefix of the logical messages that our heartbeat writes into the log.
	 */
	public static final String MESSAGE_PREFIX = "kalam";

	/**
	 * The table with one row for each slot: which history the slot's reader tells, how
	 * far, and who the reader is.
	 */
	public static final String IDENTITY = NAME + ".identity";

	static final String CREATE_SCHEMA = "CREATE SCHEMA IF NOT EXISTS " + NAME;

	/**
	 * The fill factor keeps the heartbeat's update off the index.
	 */
	static final String CREATE_IDENTITY = """
			CREATE TABLE IF NOT EXISTS kalam.identity (
				slot text PRIMARY KEY,
				generation int NOT NULL CHECK (generation BETWEEN 0 AND 127),
				incarnation uuid NOT NULL,
				heartbeat bigint NOT NULL,
				acknowledged pg_lsn NOT NULL,
				system_identifier bigint NOT NULL,
				database_oid bigint NOT NULL,
				publication_oid bigint NOT NULL,
				holder uuid
			) WITH (fillfactor = 50)""";

	private KalamSchema() {
	}

}
