package io.kalam.event;

import java.util.ArrayList;
import java.util.List;

import io.kalam.catalog.Column;
import io.kalam.change.Row;

/**
 * What makes an event the same as another of its stream.
 *
 * @param values the values of its key, as Postgres would print them
 */
public record EventKey(List<String> values) {

	/**
	 * The key of an event.
	 * @param event the event
	 * @return its key
	 */
	public static EventKey of(Row event) {
		List<String> values = new ArrayList<>();
		for (Column column : event.type().table().key()) {
			Object value = event.get(column.index());
			values.add((value != null) ? event.type().codec(column).print(value) : "");
		}
		return new EventKey(values);
	}

}
