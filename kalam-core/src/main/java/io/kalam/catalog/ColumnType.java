package io.kalam.catalog;

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
 */
public record ColumnType(int oid, String name, String schema, Kind kind, int modifier, @Nullable ColumnType base) {

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

		/** Something else. */
		OTHER

	}

}
