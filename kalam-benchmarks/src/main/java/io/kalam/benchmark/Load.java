package io.kalam.benchmark;

/**
 * What is committed, and how many sockets are told.
 *
 * @param sockets the number of sockets
 * @param rows the number of rows in a commit
 * @param perSecond how many commits in a second; 0 if each follows the one before at once
 */
record Load(int sockets, int rows, int perSecond) {

	static Load saturated(int rows) {
		return new Load(1, rows, 0);
	}

	boolean isSaturated() {
		return this.perSecond == 0;
	}

	@Override
	public String toString() {
		String pace = isSaturated() ? "saturated, commits" : this.perSecond + " commits/s";
		return Report.count(this.sockets, "socket") + ", " + pace + " of " + Report.count(this.rows, "row");
	}

}
