package io.kalam.subscription;

import java.util.LinkedHashMap;
import java.util.Map;

import io.kalam.catalog.TableName;
import io.kalam.change.Row;
import io.kalam.codec.RowType;
import io.kalam.testing.TestTypes;

/**
 * A row of the table that windows are tested with.
 */
record WindowItem(String id, String v, Integer w) {

	static final RowType TYPE = TestTypes.rowType(new TableName("public", "items"), types(), TestTypes.LINGUISTIC);

	private static Map<String, String> types() {
		Map<String, String> types = new LinkedHashMap<>();
		types.put("id", "text");
		types.put("v", "numeric");
		types.put("w", "int4");
		return types;
	}

	Double value() {
		return (this.v != null) ? Double.valueOf(this.v) : null;
	}

	String text(int index) {
		return switch (index) {
			case 0 -> this.id;
			case 1 -> this.v;
			default -> (this.w != null) ? this.w.toString() : null;
		};
	}

	Row row() {
		return TestTypes.row(TYPE, text(0), text(1), text(2));
	}

}
