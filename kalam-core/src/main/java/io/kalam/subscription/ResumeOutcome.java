package io.kalam.subscription;

/**
 * What was decided about a client's cursor.
 */
public enum ResumeOutcome {

	/** It is continued. */
	CONTINUED("The cursor is continued"),

	/** It is older than what is kept. */
	EXPIRED("The cursor is older than what is kept; subscribe again without it"),

	/** It is of another history, of another query or of no history at all. */
	FOREIGN("The cursor belongs to another history or query; subscribe again without it"),

	/**
	 * It came without its epoch, and the table may have been replaced since, or what may
	 * be read of it may have changed.
	 */
	UNVOUCHED("The cursor needs its epoch; subscribe again without the cursor"),

	/** It lies ahead of the database. */
	AHEAD("The cursor is ahead of the database; subscribe again without it");

	private final String message;

	ResumeOutcome(String message) {
		this.message = message;
	}

	/**
	 * The same for the client.
	 */
	String message() {
		return this.message;
	}

}
