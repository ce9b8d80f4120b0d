package io.kalam.change;

import java.util.Arrays;
import java.util.Objects;

import io.kalam.catalog.Column;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A row in canonical form: one value for each column of its type, {@code null} for SQL's
 * null. Complete (no column is left out or stands for "unchanged"), and never changed.
 */
public final class Row {

	private final RowType type;

	private final @Nullable Object[] values;

	private int size;

	/**
	 * A row that takes over an array of values.
	 * @param type what the row consists of
	 * @param values the canonical values in the order of the columns; not to be changed
	 * afterwards
	 */
	public Row(RowType type, @Nullable Object[] values) {
		Assert.isTrue(values.length == type.codecs().size(), "a row has one value for each column");
		this.type = type;
		this.values = values;
	}

	/**
	 * What the row consists of.
	 * @return the type
	 */
	public RowType type() {
		return this.type;
	}

	/**
	 * The value at a place.
	 * @param index the column's {@link Column#index() index}
	 * @return the canonical value, or {@code null}
	 */
	public @Nullable Object get(int index) {
		return this.values[index];
	}

	/**
	 * Whether a column has the same value in another row, as Postgres would print it.
	 * @param other a row of the same type
	 * @param column the column
	 * @return whether the values are identical
	 */
	public boolean sameValue(Row other, Column column) {
		return Objects.deepEquals(this.values[column.index()], other.values[column.index()]);
	}

	/**
	 * Whether all columns have the same values in another row.
	 * @param other a row of the same type
	 * @return whether the rows are identical, as Postgres would print them
	 */
	public boolean sameValues(Row other) {
		return Arrays.deepEquals(this.values, other.values);
	}

	/**
	 * Whether both rows have the same key.
	 * @param other a row of the same type
	 * @return whether the key columns are identical
	 */
	public boolean sameKey(Row other) {
		for (Column column : this.type.table().key()) {
			if (!sameValue(other, column)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * About how many bytes of heap the row takes. Added up once: by the time a large
	 * transaction is weighed again, its values have left the processor's caches.
	 * @return the size in bytes
	 */
	public int size() {
		if (this.size == 0) {
			this.size = sum();
		}
		return this.size;
	}

	private int sum() {
		int size = 40 + 8 * this.values.length;
		for (Column column : this.type.table().columns()) {
			Object value = this.values[column.index()];
			if (value != null) {
				size += this.type.codec(column).sizeOf(value);
			}
		}
		return size;
	}

	/**
	 * Names the table and never a value: a row must not reach a log.
	 */
	@Override
	public String toString() {
		return "Row of " + this.type.name();
	}

}
