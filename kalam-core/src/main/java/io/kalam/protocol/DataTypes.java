package io.kalam.protocol;

import io.kalam.catalog.ColumnType;

/**
 * How the types of columns are named on the wire.
 */
final class DataTypes {

	private static final int NUMERIC_OFFSET = 4;

	private static final int SCALE_BITS = 11;

	private DataTypes() {
	}

	/**
	 * The protocol's type for the form that values have in JSON.
	 * @param declared the column's type
	 * @return a JSON value
	 */
	static String dataType(ColumnType declared) {
		ColumnType type = declared.underlying();
		if (type.kind() == ColumnType.Kind.ARRAY) {
			return "\"Json\"";
		}
		return switch (type.name()) {
			case "bool" -> "\"Boolean\"";
			case "int2" -> "\"SmallInt\"";
			case "int4" -> "\"Int\"";
			case "int8", "oid", "xid8" -> "\"BigInt\"";
			case "float4" -> "\"Float\"";
			case "float8" -> "\"Double\"";
			case "numeric" -> decimal(type.modifier());
			case "timestamp" -> "\"Timestamp\"";
			case "timestamptz" -> "\"DateTime\"";
			case "date" -> "\"Date\"";
			case "time", "timetz" -> "\"Time\"";
			case "json", "jsonb", "hstore", "vector" -> "\"Json\"";
			case "bytea" -> "\"Bytes\"";
			case "uuid" -> "\"Uuid\"";
			default -> "\"Text\"";
		};
	}

	/**
	 * The type's own name, {@code []} behind the element's for an array.
	 * @param type the column's type
	 * @return the name
	 */
	static String pgType(ColumnType type) {
		return (type.kind() == ColumnType.Kind.ARRAY && type.base() != null) ? pgType(type.base()) + "[]" : type.name();
	}

	private static String decimal(int modifier) {
		if (modifier < NUMERIC_OFFSET) {
			return "\"Text\"";
		}
		int packed = modifier - NUMERIC_OFFSET;
		int signBits = Integer.SIZE - SCALE_BITS;
		int scale = packed << signBits >> signBits;
		return "{\"Decimal\":{\"precision\":" + (packed >> 16) + ",\"scale\":" + scale + "}}";
	}

}
