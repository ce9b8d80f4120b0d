package io.kalam.benchmark;

/**
 * What a figure is to be.
 *
 * @param what what was measured, with its unit
 * @param limit what it is to be at the most or at the least
 * @param atMost whether the limit is the most, otherwise it is the least
 * @param figure what it is
 */
record Aim(String what, double limit, boolean atMost, double figure) {

	static Aim atMost(String what, double limit, double figure) {
		return new Aim(what, limit, true, figure);
	}

	static Aim atLeast(String what, double limit, double figure) {
		return new Aim(what, limit, false, figure);
	}

	boolean met() {
		return this.atMost ? (this.figure <= this.limit) : (this.figure >= this.limit);
	}

	String limitText() {
		return (this.atMost ? "≤ " : "≥ ") + figure(this.limit);
	}

	String figureText() {
		return figure(this.figure);
	}

	private static String figure(double value) {
		return Report.number((value < 10) ? "%.2f" : "%.1f", value);
	}

}
