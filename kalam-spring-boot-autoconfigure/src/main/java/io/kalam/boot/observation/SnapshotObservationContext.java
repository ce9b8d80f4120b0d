package io.kalam.boot.observation;

/**
 * What is known of a snapshot that is being read.
 */
public final class SnapshotObservationContext extends KalamObservationContext {

	private final String table;

	private volatile long rows = -1;

	SnapshotObservationContext(String table) {
		this.table = table;
	}

	/**
	 * The table of which rows are read.
	 * @return its name with its schema
	 */
	public String table() {
		return this.table;
	}

	/**
	 * How many rows were read.
	 * @return the number, -1 before the end and if there was none
	 */
	public long rows() {
		return this.rows;
	}

	void read(long rows) {
		this.rows = rows;
		end("read");
	}

}
