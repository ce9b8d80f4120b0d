package io.kalam.operations;

import java.util.ArrayList;
import java.util.List;

import io.kalam.catalog.Column;
import io.kalam.catalog.TableName;
import io.kalam.change.Row;

/**
 * What makes an event the same as another.
 *
 * @param stream its stream
 * @param values its key, as Postgres would print it
 */
record HeldKey(TableName stream, List<String> values) {

	static HeldKey of(AdmittedEvent event) {
		Row row = event.row();
		List<String> values = new ArrayList<>();
		for (Column column : row.type().table().key()) {
			Object value = row.get(column.index());
			values.add((value != null) ? row.type().codec(column).print(value) : "");
		}
		return new HeldKey(event.stream().name(), values);
	}

}
