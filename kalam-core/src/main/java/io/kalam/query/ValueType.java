package io.kalam.query;

import io.kalam.catalog.Column;
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

	static ValueType of(Column column) {
		ColumnType type = column.type().underlying();
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

	boolean isNumber() {
		return this == INTEGER || this == OID || this == FLOAT4 || this == FLOAT8 || this == NUMERIC;
	}

	/**
	 * The type that values are compared as, without a modifier.
	 * @param column the column that they are compared with
	 * @return the type's name for SQL text
	 */
	static String sqlType(Column column) {
		ColumnType type = column.type().underlying();
		return (type.kind() == ColumnType.Kind.ENUM) ? SqlWriter.TEXT
				: TableName.quote(type.schema()) + '.' + TableName.quote(type.name());
	}

}
