package io.kalam.snapshot.r2dbc;

import java.util.Arrays;

/**
 * Where some of the rows of a file begin: every 256th, and fewer the more rows there are,
 * so that its size is bounded.
 */
final class RowIndex {

	private static final int CAPACITY = 8192;

	private long[] offsets = new long[16];

	private int size;

	private int stride = 256;

	/**
	 * Notes the place of a row.
	 * @param row the number of the row, each one more than that before
	 * @param offset where it begins
	 */
	void add(long row, long offset) {
		if (row % this.stride != 0) {
			return;
		}
		if (this.size == CAPACITY) {
			thin();
			if (row % this.stride != 0) {
				return;
			}
		}
		if (this.size == this.offsets.length) {
			this.offsets = Arrays.copyOf(this.offsets, 2 * this.size);
		}
		this.offsets[this.size++] = offset;
	}

	private void thin() {
		this.size /= 2;
		for (int i = 0; i < this.size; i++) {
			this.offsets[i] = this.offsets[2 * i];
		}
		this.stride *= 2;
	}

	/**
	 * The last known row that is not behind a row.
	 * @param row the number of a row
	 * @return the number of the known one
	 */
	long floor(long row) {
		return row - row % this.stride;
	}

	/**
	 * Where a known row begins.
	 * @param floor what {@link #floor} has answered
	 * @return its offset
	 */
	long offset(long floor) {
		return this.offsets[(int) (floor / this.stride)];
	}

}
