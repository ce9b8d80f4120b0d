package io.kalam.codec;

import java.util.List;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnChoice;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A table whose every column has a codec: what is needed to read, compare and write its
 * rows. The codecs follow from the columns and from the codecs that the application has
 * of its own: two types of equal tables whose values have the same
 * {@linkplain Codec#form() forms} are equal.
 *
 * @param table the table, without the columns that are hidden
 * @param codecs the codec of each column, in the order of {@link Table#columns()}
 * @param choice which columns are not hidden
 */
public record RowType(Table table, List<Codec<?>> codecs, ColumnChoice choice) {

	public RowType {
		codecs = List.copyOf(codecs);
		Assert.isTrue(codecs.size() == table.columns().size(), "every column needs a codec");
	}

	/**
	 * A table without hidden columns.
	 * @param table the table
	 * @param codecs the codec of each column, in the order of {@link Table#columns()}
	 */
	public RowType(Table table, List<Codec<?>> codecs) {
		this(table, codecs, ColumnChoice.ALL);
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

	/**
	 * Reads a value.
	 * @param column a column of this table
	 * @param text what Postgres prints
	 * @return the canonical value
	 * @throws CodecException if it can't be read; the message is fit for a log, it names
	 * column and reason and holds no value
	 */
	public Object read(Column column, String text) {
		try {
			return codec(column).parse(text);
		}
		catch (RuntimeException ex) {
			String reason = (ex instanceof RefusedValueException refused) ? ": " + refused.reason() : "";
			throw new CodecException("Column " + column.name() + " holds a value that its codec refuses" + reason, ex);
		}
	}

	/**
	 * The forms of the values.
	 * @return the {@linkplain Codec#form() form} of each column's codec
	 */
	public List<String> forms() {
		return this.codecs.stream().map(Codec::form).toList();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other
				|| (other instanceof RowType type && this.table.equals(type.table) && hasFormsOf(type.codecs));
	}

	private boolean hasFormsOf(List<Codec<?>> others) {
		for (int i = 0; i < others.size(); i++) {
			if (!this.codecs.get(i).form().equals(others.get(i).form())) {
				return false;
			}
		}
		return true;
	}

	/**
	 * That of the name: every change is asked for it, and types of one name are few.
	 */
	@Override
	public int hashCode() {
		return this.table.name().hashCode();
	}

}
