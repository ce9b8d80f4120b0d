package io.kalam.catalog;

/**
 * What we may do to the database by ourselves.
 */
public enum Manage {

	/** Look only: what is missing is refused with the SQL that makes it. */
	VALIDATE,

	/** Make and mend what is ours: the slot, the publication, the schema. */
	CREATE

}
