package io.kalam.query;

import io.kalam.catalog.ColumnType;
import io.kalam.catalog.TableName;

/**
 * The sorts of types that literals are treated differently for.
 */
enum ValueType {

	BOOLEAN, INTEGER, OID, FLOAT4, FLOAT8, NUMERIC, TEXT, OTHER;

	/**
	 * The type that all integers can be compared as.
	 */
	static final String INT8 = "\"pg_catalog\".\"int8\"";

	static ValueType of(ColumnType type) {
		if (type.kind() != ColumnType.Kind.BASE || !type.schema().equals("pg_catalog")) {
			return OTHER;
		}
		return switch (type.name()) {
			case "bool" -> BOOLEAN;
			case "int2", "int4", "int8" -> INTEGER;
			case "oid" -> OID;
			case "float4" -> FLOAT4;
			case "float8" -> FLOAT8;
			case "numeric" -> NUMERIC;
			case "text", "varchar" -> TEXT;
			default -> OTHER;
		};
	}

	boolean isFloat() {
		return this == FLOAT4 || this == FLOAT8;
	}

	boolean isNumber() {
		return this == INTEGER || this == OID || this == FLOAT4 || this == FLOAT8 || this == NUMERIC;
	}

	/**
	 * A type as values are cast to it, without a modifier.
	 * @param type the type
	 * @return the type's name for SQL text
	 */
	static String sqlType(ColumnType type) {
		return TableName.quote(type.schema()) + '.' + TableName.quote(type.name());
	}

}
