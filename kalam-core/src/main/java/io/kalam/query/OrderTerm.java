package io.kalam.query;

import java.util.Set;

import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.TableName;
import io.kalam.codec.Codec;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;

/**
 * A column that rows are ordered by.
 *
 * @param column the column
 * @param descending whether the greatest value comes first
 * @param nullsFirst whether rows without a value come before all others
 * @param bytewise whether texts are compared by their bytes, whatever their collation
 */
record OrderTerm(Column column, boolean descending, boolean nullsFirst, boolean bytewise) {

	private static final Collation BINARY = new Collation("C", true, true, true);

	private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar");

	private static final Codecs CODECS = new Codecs();

	/**
	 * A part of the key that says which of two rows comes first if nothing else does.
	 */
	static OrderTerm key(Column column, RowType type) {
		boolean bytewise = TEXTS.contains(column.type().underlying().name()) && !type.codec(column).ordered()
				&& type.codec(column).form().isEmpty();
		return new OrderTerm(column, false, false, bytewise);
	}

	/**
	 * What compares the values, if it knows their order.
	 * @param type the table
	 * @return the codec
	 */
	@SuppressWarnings("unchecked")
	Codec<Object> codec(RowType type) {
		if (!this.bytewise) {
			return type.codec(this.column);
		}
		Codec<?> codec = CODECS.find(new Column(this.column.name(), this.column.index(), this.column.type(),
				this.column.nullable(), this.column.generated(), BINARY));
		return (codec != null) ? (Codec<Object>) codec : type.codec(this.column);
	}

	/**
	 * Whether the order is known here whatever the values are: an enum may get labels
	 * that are not known yet.
	 * @param type the table
	 * @return whether rows can be ordered by it
	 */
	boolean isKnown(RowType type) {
		ColumnType underlying = this.column.type().underlying();
		return underlying.kind() == ColumnType.Kind.BASE && underlying.schema().equals("pg_catalog")
				&& codec(type).ordered();
	}

	/**
	 * Compares two values.
	 * @param codec the column's codec
	 * @param left a canonical value, or {@code null}
	 * @param right another one
	 * @return negative, zero or positive
	 */
	int compare(Codec<Object> codec, @Nullable Object left, @Nullable Object right) {
		if (left == null || right == null) {
			int order = Boolean.compare(left == null, right == null);
			return this.nullsFirst ? -order : order;
		}
		return this.descending ? codec.compare(right, left) : codec.compare(left, right);
	}

	/**
	 * Writes it for Postgres.
	 * @param row what the row is called
	 * @return an item of ORDER BY
	 */
	String toSql(String row) {
		return row + '.' + TableName.quote(this.column.name()) + (this.bytewise ? " COLLATE \"pg_catalog\".\"C\"" : "")
				+ (this.descending ? " DESC" : " ASC") + (this.nullsFirst ? " NULLS FIRST" : " NULLS LAST");
	}

}
