package io.kalam.subscription;

/**
 * What was decided about a client's cursor.
 */
public enum ResumeOutcome {

	/** It is continued. */
	CONTINUED,

	/** It is older than what is kept. */
	EXPIRED,

	/** It is of another history, of another query or of no history at all. */
	FOREIGN,

	/** It came without its epoch, and the table may have been replaced since. */
	UNVOUCHED,

	/** It lies ahead of the database. */
	AHEAD

}
