package io.kalam.catalog;

/**
 * What Postgres writes of the old row, as {@code pg_class.relreplident} tells it.
 */
public enum ReplicaIdentity {

	/** The primary key. */
	DEFAULT,

	/** Nothing. */
	NOTHING,

	/** The whole row. */
	FULL,

	/** The columns of an index. */
	INDEX

}
