package io.kalam.event;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import io.kalam.catalog.Column;
import io.kalam.change.Row;
import io.kalam.codec.CodecException;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Makes rows of what somebody tells: values in the form that rows have on the wire.
 */
public final class EventRows {

	private static final int VERSION = 0x7000;

	private static final long VARIANT = Long.MIN_VALUE;

	private final Clock clock;

	/**
	 * Rows.
	 * @param clock tells the time for keys that are made
	 */
	public EventRows(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Makes a row. A column that is left out is null; a key that is made is made if it is
	 * left out.
	 * @param type what the stream consists of
	 * @param values a JSON object with the columns' values
	 * @return the row
	 * @throws InvalidEventException if that is no row of the stream
	 */
	public Row read(RowType type, JsonNode values) {
		if (!values.isObject()) {
			throw new InvalidEventException("An event is a JSON object with the values of its columns");
		}
		for (String name : values.propertyNames()) {
			if (type.table().column(name) == null) {
				throw new InvalidEventException("The event has a column that " + type.name().name()
						+ " does not have, which has " + type.table().columns().stream().map(Column::name).toList());
			}
		}
		@Nullable Object[] row = new @Nullable Object[type.codecs().size()];
		for (Column column : type.table().columns()) {
			JsonNode value = values.get(column.name());
			row[column.index()] = (value == null || value.isNull()) ? missing(type, column) : read(type, column, value);
		}
		return new Row(type, row);
	}

	private @Nullable Object missing(RowType type, Column column) {
		if (column.generated()) {
			return type.read(column, id().toString());
		}
		if (!column.nullable()) {
			throw new InvalidEventException(
					"An event of " + type.name().name() + " needs a value for " + column.name());
		}
		return null;
	}

	private static Object read(RowType type, Column column, JsonNode value) {
		try {
			return type.read(column, text(column, value));
		}
		catch (CodecException | JacksonException | IOException ex) {
			throw new InvalidEventException("The value for " + column.name() + " of " + type.name().name()
					+ " is none of type " + column.type().name());
		}
	}

	private static String text(Column column, JsonNode value) throws IOException {
		String type = column.type().name();
		if (type.equals("jsonb")) {
			return value.toString();
		}
		if (type.equals("bytea")) {
			return "\\x" + HexFormat.of().formatHex(value.binaryValue());
		}
		if (value.isString() && !type.equals("bool")) {
			return value.stringValue();
		}
		if (value.isNumber() && !type.equals("text")) {
			BigDecimal number = value.decimalValue();
			return number.toPlainString();
		}
		if (value.isBoolean() && type.equals("bool")) {
			return value.booleanValue() ? "t" : "f";
		}
		throw new IOException("another form");
	}

	/**
	 * A UUID that ascends with time (version 7, RFC 9562, section 5.7).
	 */
	private UUID id() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		long high = this.clock.millis() << 16 | VERSION | random.nextInt(0x1000);
		long low = VARIANT | random.nextLong() >>> 2;
		return new UUID(high, low);
	}

}
