package io.kalam.catalog;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The type of a column.
 *
 * @param oid the type's oid in this database
 * @param name the type's name in the catalog: {@code int8}, {@code timestamptz}, the name
 * of an enum
 * @param schema the schema of the type; {@code pg_catalog} for built-in ones
 * @param kind what sort of type it is
 * @param modifier the type modifier ({@code atttypmod}), -1 where there is none
 * @param base the element type of an array, the base type of a domain, else {@code null}
 * @param labels the labels of an enum from the least to the greatest, else empty. A type
 * that has got another label is another type
 */
public record ColumnType(int oid, String name, String schema, Kind kind, int modifier, @Nullable ColumnType base,
		List<String> labels) {

	public ColumnType {
		labels = List.copyOf(labels);
	}

	/**
	 * A type that is no enum.
	 * @param oid the type's oid in this database
	 * @param name the type's name in the catalog
	 * @param schema the schema of the type
	 * @param kind what sort of type it is
	 * @param modifier the type modifier, -1 where there is none
	 * @param base the element type of an array, the base type of a domain, else
	 * {@code null}
	 */
	public ColumnType(int oid, String name, String schema, Kind kind, int modifier, @Nullable ColumnType base) {
		this(oid, name, schema, kind, modifier, base, List.of());
	}

	/**
	 * The type that decides about a value's form: a domain's innermost base type, else
	 * this one.
	 * @return the type below all domains
	 */
	public ColumnType underlying() {
		return (this.kind == Kind.DOMAIN && this.base != null) ? this.base.underlying() : this;
	}

	/**
	 * The sort of a type, as {@code pg_type.typtype} and {@code typelem} tell it.
	 */
	public enum Kind {

		/** A base type. */
		BASE,

		/** An enum. */
		ENUM,

		/** A domain over another type. */
		DOMAIN,

		/** An array of another type. */
		ARRAY,

		/** A composite type. */
		COMPOSITE,

		/** A range. */
		RANGE,

		/** A multirange. */
		MULTIRANGE,

		/** Something else; an array whose elements are not separated by commas. */
		OTHER

	}

}
