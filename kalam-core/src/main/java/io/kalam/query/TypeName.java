package io.kalam.query;

import java.util.Map;

import io.kalam.catalog.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * The name of a type in a cast.
 *
 * @param schema the schema, {@code null} if none was written and the name is not one of
 * SQL's own
 * @param name the name as the catalog spells it, of the elements for an array
 * @param array whether it is an array of that
 * @param position where it is
 */
record TypeName(@Nullable String schema, String name, boolean array, int position) {

	static final String CATALOG = "pg_catalog";

	/**
	 * SQL's names of types that the catalog calls otherwise.
	 */
	private static final Map<String, String> STANDARD = Map.ofEntries(Map.entry("int", "int4"),
			Map.entry("integer", "int4"), Map.entry("smallint", "int2"), Map.entry("bigint", "int8"),
			Map.entry("real", "float4"), Map.entry("float", "float8"), Map.entry("double precision", "float8"),
			Map.entry("decimal", "numeric"), Map.entry("dec", "numeric"), Map.entry("boolean", "bool"),
			Map.entry("character varying", "varchar"), Map.entry("char varying", "varchar"),
			Map.entry("timestamp with time zone", "timestamptz"), Map.entry("timestamp without time zone", "timestamp"),
			Map.entry("time with time zone", "timetz"), Map.entry("time without time zone", "time"));

	/**
	 * A type that was named without quotes or schema.
	 * @param words its words
	 * @param array whether it is an array of that
	 * @param position where it is
	 * @return the type's name
	 */
	static TypeName of(String words, boolean array, int position) {
		if (words.equals("char") || words.equals("character")) {
			throw QueryException.unsupported("A cast to char keeps one character; write ::bpchar or ::text", position);
		}
		return new TypeName(null, STANDARD.getOrDefault(words, words), array, position);
	}

	/**
	 * Whether it names a type. A name without a schema names the type that it is compared
	 * with, if that is called so.
	 * @param type the type
	 * @return whether it does
	 */
	boolean names(ColumnType type) {
		ColumnType named = (this.array && type.base() != null) ? type.base() : type;
		boolean sort = this.array == (type.kind() == ColumnType.Kind.ARRAY);
		return sort && named.name().equals(this.name) && (this.schema == null || this.schema.equals(named.schema()));
	}

	/**
	 * The type of the elements of an array.
	 * @return the type
	 */
	TypeName element() {
		if (!this.array) {
			throw QueryException.invalid("An array is cast to the type of an array, like " + this.name + "[]",
					this.position);
		}
		return new TypeName(this.schema, this.name, false, this.position);
	}

	ColumnType builtIn() {
		return Types.builtIn(this.name);
	}

	boolean mayBeBuiltIn() {
		return !this.array && (this.schema == null || this.schema.equals(CATALOG));
	}

	@Override
	public String toString() {
		return ((this.schema != null) ? this.schema + '.' : "") + this.name + (this.array ? "[]" : "");
	}

}
