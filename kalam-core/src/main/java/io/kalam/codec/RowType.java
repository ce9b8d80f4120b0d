package io.kalam.codec;

import java.util.List;

import io.kalam.catalog.Column;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A table whose every column has a codec: what is needed to read, compare and write its
 * rows. The codecs follow from the columns: two types of equal tables are equal.
 *
 * @param table the table
 * @param codecs the codec of each column, in the order of {@link Table#columns()}
 */
public record RowType(Table table, List<Codec<?>> codecs) {

	public RowType {
		codecs = List.copyOf(codecs);
		Assert.isTrue(codecs.size() == table.columns().size(), "every column needs a codec");
	}

	/**
	 * The table's name.
	 * @return the name
	 */
	public TableName name() {
		return this.table.name();
	}

	/**
	 * The codec of a column, for values of which the caller knows no more than that they
	 * are canonical.
	 * @param column a column of this table
	 * @return its codec
	 */
	@SuppressWarnings("unchecked")
	public Codec<Object> codec(Column column) {
		return (Codec<Object>) this.codecs.get(column.index());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof RowType type && this.table.equals(type.table);
	}

	@Override
	public int hashCode() {
		return this.table.hashCode();
	}

}
