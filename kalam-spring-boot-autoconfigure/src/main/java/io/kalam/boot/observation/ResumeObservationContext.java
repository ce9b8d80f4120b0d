package io.kalam.boot.observation;

/**
 * What is known of a client that has come back with a cursor.
 */
public final class ResumeObservationContext extends KalamObservationContext {

	private final String table;

	ResumeObservationContext(String table) {
		this.table = table;
	}

	/**
	 * The table that it follows.
	 * @return its name with its schema
	 */
	public String table() {
		return this.table;
	}

}
