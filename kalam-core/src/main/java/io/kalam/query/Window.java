package io.kalam.query;

/**
 * That a query shows the first of its rows only.
 *
 * @param rows how many
 * @param limits what it may cost
 */
public record Window(int rows, WindowLimits limits) {

	/**
	 * How many rows are read: those that are shown and the spare ones.
	 * @return the number of rows
	 */
	public int rowsToRead() {
		return this.rows + this.limits.spareRows();
	}

}
