package io.kalam.subscription;

import java.util.Arrays;
import java.util.List;

import io.kalam.catalog.Column;
import io.kalam.change.Row;
import org.jspecify.annotations.Nullable;

/**
 * The key of a row, as Postgres would print it.
 *
 * @param values the values of the key's columns; not to be changed
 */
record RowKey(@Nullable Object[] values) {

	static RowKey of(Row row) {
		List<Column> columns = row.type().table().key();
		@Nullable Object[] values = new @Nullable Object[columns.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = row.get(columns.get(i).index());
		}
		return new RowKey(values);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof RowKey key && Arrays.deepEquals(this.values, key.values);
	}

	@Override
	public int hashCode() {
		return Arrays.deepHashCode(this.values);
	}

}
