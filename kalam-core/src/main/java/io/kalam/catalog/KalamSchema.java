package io.kalam.catalog;

import org.jspecify.annotations.Nullable;

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
	 * The prefix of the logical messages that are events of a stream; the name of its
	 * table follows.
	 */
	public static final String EVENT_PREFIX = MESSAGE_PREFIX + ".event.";

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

	/**
	 * The prefix of the messages that are events of a stream.
	 * @param stream the stream
	 * @return the prefix
	 */
	public static String eventPrefix(TableName stream) {
		return EVENT_PREFIX + stream.schema() + '.' + stream.name();
	}

	/**
	 * The stream of which a message is an event.
	 * @param prefix the message's prefix
	 * @return the stream, {@code null} if the message is none
	 */
	public static @Nullable TableName streamOf(String prefix) {
		int dot = prefix.indexOf('.', EVENT_PREFIX.length());
		if (!prefix.startsWith(EVENT_PREFIX) || dot <= EVENT_PREFIX.length() || dot == prefix.length() - 1) {
			return null;
		}
		return new TableName(prefix.substring(EVENT_PREFIX.length(), dot), prefix.substring(dot + 1));
	}

	private KalamSchema() {
	}

}
