package io.kalam.query;

import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.change.Row;
import io.kalam.codec.Codec;
import org.jspecify.annotations.Nullable;

/**
 * A column.
 */
final class ColumnTerm implements Term {

	private final Column column;

	private final Codec<Object> codec;

	/**
	 * A column.
	 * @param column the column
	 * @param codec its codec
	 */
	ColumnTerm(Column column, Codec<Object> codec) {
		this.column = column;
		this.codec = codec;
	}

	@Override
	public String describe() {
		return "Column \"" + this.column.name() + "\" of type " + this.column.type().name();
	}

	Column column() {
		return this.column;
	}

	/**
	 * A type of the application's own is nothing that is known here, whatever it is made
	 * of.
	 */
	@Override
	public ColumnType type() {
		ColumnType underlying = this.column.type().underlying();
		if (this.codec.form().isEmpty() || underlying.kind() == ColumnType.Kind.COMPOSITE) {
			return underlying;
		}
		ColumnType own = this.column.type();
		return new ColumnType(own.oid(), own.name(), own.schema(), ColumnType.Kind.OTHER, -1, null);
	}

	@Override
	public @Nullable Collation collation() {
		return this.column.collation();
	}

	@Override
	public Codec<Object> codec() {
		return this.codec;
	}

	@Override
	public @Nullable Object value(Row row) {
		return row.get(this.column.index());
	}

	@Override
	public void write(SqlWriter out) {
		out.column(this.column);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ColumnTerm term && this.column.equals(term.column);
	}

	@Override
	public int hashCode() {
		return this.column.hashCode();
	}

}
