package io.kalam.operations;

import io.kalam.catalog.Column;
import io.kalam.query.LiveQuery;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes objects of rows.
 *
 * @param <T> what the rows become
 */
final class RowReader<T> {

	private final JsonMapper mapper;

	private final Class<T> type;

	private final LiveQuery query;

	private final ColumnNaming naming;

	RowReader(JsonMapper mapper, Class<T> type, LiveQuery query, ColumnNaming naming) {
		this.mapper = mapper;
		this.type = type;
		this.query = query;
		this.naming = naming;
	}

	/**
	 * Reads a row.
	 * @param row a JSON object in UTF-8
	 * @return the object
	 * @throws RowConversionException if the row does not fit
	 */
	T read(byte[] row) {
		return read(tree(row));
	}

	/**
	 * Reads a row as it was before an update.
	 * @param row the row as it is
	 * @param old at least what was different
	 * @return the object
	 * @throws RowConversionException if the row does not fit
	 */
	T readOld(byte[] row, byte[] old) {
		ObjectNode whole = tree(row);
		whole.setAll(tree(old));
		return read(whole);
	}

	/**
	 * The columns of a row.
	 */
	ObjectNode tree(byte[] row) {
		return (ObjectNode) this.mapper.readTree(row);
	}

	/**
	 * Reads a row. The cause of a failure is left out: it quotes the row.
	 */
	T read(ObjectNode row) {
		try {
			return this.mapper.treeToValue(row, this.type);
		}
		catch (JacksonException ex) {
			throw new RowConversionException(message(row, ex));
		}
	}

	private String message(ObjectNode row, JacksonException ex) {
		String table = this.query.table().name().toString();
		String name = (ex instanceof DatabindException bound && !bound.getPath().isEmpty())
				? bound.getPath().get(0).getPropertyName() : null;
		Column column = (name != null) ? column(name) : null;
		if (name == null || column == null) {
			return "The rows of %s can't be made objects of %s: it needs a constructor without arguments, or one whose parameters are its properties"
				.formatted(table, this.type.getName())
					+ ((name != null) ? "; there is no column for its property " + this.naming.property(name) : "");
		}
		JsonNode value = row.get(name);
		String why = (value == null || value.isNull()) ? "it is null there" : "its values can't be converted to that";
		return "The column %s (%s) of %s does not fit the property %s of %s: %s".formatted(name,
				column.type().underlying().name(), table, this.naming.describe(name), this.type.getName(), why);
	}

	private @Nullable Column column(String name) {
		return this.query.projection()
			.columns()
			.stream()
			.filter((column) -> column.name().equals(name))
			.findFirst()
			.orElse(null);
	}

}
