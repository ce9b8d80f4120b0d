package io.kalam.boot.test;

import java.util.Collection;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row, or the columns of one that a change tells of, as it came over the socket.
 * Immutable; two are equal if all columns are.
 */
public final class RealtimeTestRow {

	private final ObjectNode columns;

	RealtimeTestRow(ObjectNode columns) {
		this.columns = columns.deepCopy();
	}

	/**
	 * The columns that are there.
	 * @return their names, in the order of the query
	 */
	public Collection<String> columns() {
		return this.columns.propertyNames();
	}

	/**
	 * Whether a column is there.
	 * @param column its name in the database
	 * @return whether it is, {@code null} or not
	 */
	public boolean has(String column) {
		return this.columns.has(column);
	}

	/**
	 * A value as text.
	 * @param column the column's name in the database
	 * @return what was sent, {@code null} if it is null
	 * @throws IllegalArgumentException if there is no such column
	 */
	public @Nullable String get(String column) {
		JsonNode value = node(column);
		return value.isNull() ? null : value.asString(value.toString());
	}

	/**
	 * A value of a type.
	 * @param <V> the type
	 * @param column the column's name in the database
	 * @param type what to convert it to, for instance {@code Long} or {@code Instant}
	 * @return the value, {@code null} if it is null
	 * @throws IllegalArgumentException if there is no such column
	 * @throws tools.jackson.core.JacksonException if it is no value of the type
	 */
	public <V> @Nullable V get(String column, Class<V> type) {
		JsonNode value = node(column);
		return value.isNull() ? null : RowReader.MAPPER.convertValue(value, type);
	}

	private JsonNode node(String column) {
		JsonNode value = this.columns.get(column);
		if (value == null) {
			throw new IllegalArgumentException("The row has no column '" + column + "', only " + columns());
		}
		return value;
	}

	ObjectNode json() {
		return this.columns;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof RealtimeTestRow row && this.columns.equals(row.columns);
	}

	@Override
	public int hashCode() {
		return this.columns.hashCode();
	}

	@Override
	public String toString() {
		return this.columns.toString();
	}

}
