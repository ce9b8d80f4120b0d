package io.kalam.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
 * What is written of events into the database's log, in a logical message of its
 * transaction: a JSON object with one member, which holds for each event the text of each
 * column under its name; a message of a holder has a second one, {@code by}. Columns that
 * are not there are null, those that nobody knows are left out, so that applications of
 * two versions can tell each other.
 *
 * @param kind what becomes of the events
 * @param rows the events; of those that end, their keys and nothing else. One and no more
 * if nobody holds them
 * @param holder who holds them, {@code null} if nobody does
 */
public record EventMessage(Kind kind, List<Row> rows, @Nullable String holder) {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String BY = "by";

	/**
	 * An event is told.
	 * @param row the event
	 * @return the message
	 */
	public static EventMessage put(Row row) {
		return new EventMessage(Kind.PUT, List.of(row), null);
	}

	/**
	 * An event ends.
	 * @param row at least its key
	 * @return the message
	 */
	public static EventMessage remove(Row row) {
		return new EventMessage(Kind.REMOVE, List.of(row), null);
	}

	/**
	 * Events live as long as somebody says so often enough.
	 * @param rows the events
	 * @param holder who says so
	 * @return the message
	 */
	public static EventMessage hold(List<Row> rows, String holder) {
		return new EventMessage(Kind.HOLD, rows, holder);
	}

	/**
	 * Events are held no longer by one of their holders.
	 * @param rows at least their keys
	 * @param holder by whom
	 * @return the message
	 */
	public static EventMessage release(List<Row> rows, String holder) {
		return new EventMessage(Kind.RELEASE, rows, holder);
	}

	/**
	 * Writes the message.
	 * @return a JSON object in UTF-8
	 */
	public byte[] content() {
		ObjectNode message = JsonNodeFactory.instance.objectNode();
		if (this.holder == null) {
			message.set(this.kind.member(), texts(this.rows.get(0)));
		}
		else {
			message.putArray(this.kind.member()).addAll(this.rows.stream().map(EventMessage::texts).toList());
			message.put(BY, this.holder);
		}
		return JSON.writeValueAsBytes(message);
	}

	private static ObjectNode texts(Row row) {
		ObjectNode texts = JsonNodeFactory.instance.objectNode();
		for (Column column : row.type().table().columns()) {
			Object value = row.get(column.index());
			if (value != null) {
				texts.put(column.name(), row.type().codec(column).print(value));
			}
		}
		return texts;
	}

	/**
	 * Reads a message.
	 * @param type what its events consist of
	 * @param content what was written
	 * @return the message
	 * @throws CodecException if it is none, or has no events of the type; holds no value
	 */
	static EventMessage read(RowType type, byte[] content) {
		JsonNode message = tree(content);
		List<Kind> kinds = Kind.of(message);
		if (kinds.size() != 1) {
			throw new CodecException("it does not say what becomes of the event");
		}
		Kind kind = kinds.get(0);
		JsonNode events = message.get(kind.member());
		if (!kind.isHolders()) {
			return new EventMessage(kind, List.of(row(type, events, kind.isEnd())), null);
		}
		List<Row> rows = new ArrayList<>();
		events.forEach((event) -> rows.add(row(type, event, kind.isEnd())));
		return new EventMessage(kind, rows, holder(message.get(BY)));
	}

	private static String holder(@Nullable JsonNode holder) {
		if (holder == null || !holder.isString()) {
			throw new CodecException("it does not say who holds the event");
		}
		return holder.stringValue();
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

	/**
	 * What becomes of events.
	 */
	public enum Kind {

		/**
		 * It is told, or told again.
		 */
		PUT(false, false),

		/**
		 * It ends.
		 */
		REMOVE(true, false),

		/**
		 * They live, and nothing is told of those that live already and are the same.
		 */
		HOLD(false, true),

		/**
		 * They end unless somebody else holds them.
		 */
		RELEASE(true, true);

		private final boolean end;

		private final boolean holders;

		Kind(boolean end, boolean holders) {
			this.end = end;
			this.holders = holders;
		}

		private static List<Kind> of(JsonNode message) {
			return List.of(values()).stream().filter((kind) -> message.has(kind.member())).toList();
		}

		private String member() {
			return name().toLowerCase(Locale.ROOT);
		}

		private boolean isEnd() {
			return this.end;
		}

		private boolean isHolders() {
			return this.holders;
		}

	}

}
