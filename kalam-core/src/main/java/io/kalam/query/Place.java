package io.kalam.query;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Where a row stands in an {@link Ordering}: its values in the columns that rows are
 * ordered by, which include the key. Never changed.
 */
public final class Place {

	private final @Nullable Object[] values;

	private final int size;

	Place(@Nullable Object[] values, int size) {
		this.values = values;
		this.size = size;
	}

	@Nullable Object value(int index) {
		return this.values[index];
	}

	/**
	 * About how many bytes of heap it takes.
	 * @return the size in bytes
	 */
	public int size() {
		return this.size;
	}

	/**
	 * The key of a row, as Postgres would print it.
	 */
	record Key(@Nullable Object[] values) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Key key && Arrays.deepEquals(this.values, key.values);
		}

		@Override
		public int hashCode() {
			return Arrays.deepHashCode(this.values);
		}

	}

}
