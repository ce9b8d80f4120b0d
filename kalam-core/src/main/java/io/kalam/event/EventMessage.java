package io.kalam.event;

import io.kalam.catalog.Column;
import io.kalam.change.Row;
import io.kalam.codec.CodecException;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as it is written into the database's log, in a logical message of its
 * transaction: a JSON object with one member, {@code put} or {@code remove}, which holds
 * the text of each column under its name. Columns that are not there are null, those that
 * nobody knows are left out, so that applications of two versions can tell each other.
 *
 * @param row the event; of one that is removed, its key and nothing else
 * @param removed whether it ends
 */
public record EventMessage(Row row, boolean removed) {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String PUT = "put";

	private static final String REMOVE = "remove";

	/**
	 * Writes the event.
	 * @return a JSON object in UTF-8
	 */
	public byte[] content() {
		RowType type = this.row.type();
		ObjectNode texts = JsonNodeFactory.instance.objectNode();
		for (Column column : type.table().columns()) {
			Object value = this.row.get(column.index());
			if (value != null) {
				texts.put(column.name(), type.codec(column).print(value));
			}
		}
		ObjectNode message = JsonNodeFactory.instance.objectNode();
		message.set(this.removed ? REMOVE : PUT, texts);
		return JSON.writeValueAsBytes(message);
	}

	/**
	 * Reads an event.
	 * @param type what it consists of
	 * @param content what was written
	 * @return the event
	 * @throws CodecException if it is no event of the type; holds no value
	 */
	static EventMessage read(RowType type, byte[] content) {
		JsonNode message = tree(content);
		JsonNode put = message.get(PUT);
		JsonNode remove = message.get(REMOVE);
		if ((put == null) == (remove == null)) {
			throw new CodecException("it is neither put nor removed");
		}
		return (put != null) ? new EventMessage(row(type, put, false), false)
				: new EventMessage(row(type, remove, true), true);
	}

	private static JsonNode tree(byte[] content) {
		try {
			return JSON.readTree(content);
		}
		catch (JacksonException ex) {
			throw new CodecException("it is no JSON");
		}
	}

	private static Row row(RowType type, JsonNode texts, boolean keyOnly) {
		@Nullable Object[] values = new @Nullable Object[type.codecs().size()];
		for (Column column : type.table().columns()) {
			if (!keyOnly || type.table().key().contains(column)) {
				values[column.index()] = value(type, column, texts.get(column.name()));
			}
		}
		return new Row(type, values);
	}

	private static @Nullable Object value(RowType type, Column column, @Nullable JsonNode text) {
		if (text != null && text.isString()) {
			return type.read(column, text.stringValue());
		}
		if (!column.nullable() || (text != null && !text.isNull())) {
			throw new CodecException("column " + column.name() + " has no value");
		}
		return null;
	}

}
