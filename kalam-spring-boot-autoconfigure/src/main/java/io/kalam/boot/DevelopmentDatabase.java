package io.kalam.boot;

import io.kalam.catalog.PostgresSettings;

/**
 * Knows whether a database is one that we have made for development, whose tables we may
 * alter without being told to.
 */
interface DevelopmentDatabase {

	/**
	 * Whether it is the database that changes are captured from.
	 * @param postgres where they are captured from
	 * @return whether it is
	 */
	boolean isAt(PostgresSettings postgres);

	/**
	 * Whether it is the database that changes are captured from, and its data end with
	 * this process.
	 * @param postgres where they are captured from
	 * @return whether nothing of it is there at the next start
	 */
	boolean isTemporaryAt(PostgresSettings postgres);

}
