package io.kalam.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

import io.kalam.catalog.Column;
import io.kalam.change.Row;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * What of a row is shown: some columns, the key's always among them. Writes rows as JSON
 * objects, one member for each column under the column's name. Two that show the same
 * columns of the same key are equal; every change asks for the hash code, which is
 * therefore known.
 */
public final class Projection {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final List<Column> columns;

	private final List<Column> key;

	private final int hash;

	/**
	 * A projection.
	 * @param columns the columns in the order in which they are written
	 * @param key the table's key columns, all of them among the columns
	 */
	public Projection(List<Column> columns, List<Column> key) {
		this.columns = List.copyOf(columns);
		this.key = List.copyOf(key);
		Assert.isTrue(this.columns.containsAll(this.key), "a projection shows the key");
		this.hash = Objects.hash(this.columns, this.key);
	}

	/**
	 * A projection of some columns, with those of the key that are not among them behind
	 * them.
	 * @param type the table
	 * @param columns the columns that were asked for
	 * @return the projection
	 */
	public static Projection of(RowType type, List<Column> columns) {
		List<Column> all = new ArrayList<>(columns);
		type.table().key().stream().filter(Predicate.not(all::contains)).forEach(all::add);
		return new Projection(all, type.table().key());
	}

	/**
	 * The columns that are shown.
	 * @return the columns in the order in which they are written
	 */
	public List<Column> columns() {
		return this.columns;
	}

	/**
	 * The table's key.
	 * @return its columns
	 */
	public List<Column> key() {
		return this.key;
	}

	/**
	 * Writes what is shown of a row.
	 * @param row the row
	 * @return a JSON object in UTF-8, never empty
	 */
	public byte[] encode(Row row) {
		return encode(row.type(), valuesOf(row));
	}

	/**
	 * Writes what is shown of a row of which only the shown columns are known, in the
	 * same bytes as {@link #encode(Row)}.
	 * @param type the row's type
	 * @param values gives the canonical value of a shown column, {@code null} for SQL's
	 * null
	 * @return a JSON object in UTF-8, never empty
	 */
	public byte[] encode(RowType type, Function<Column, @Nullable Object> values) {
		return write(type, values, (column) -> true);
	}

	/**
	 * What is shown of a row, without the rest of it.
	 * @param row the row
	 * @return a row that looks the same; what is not shown of it is {@code null}, and
	 * takes no memory
	 */
	public Row only(Row row) {
		if (this.columns.size() == row.type().table().columns().size()) {
			return row;
		}
		@Nullable Object[] values = new @Nullable Object[row.type().codecs().size()];
		this.columns.forEach((column) -> values[column.index()] = row.get(column.index()));
		return new Row(row.type(), values);
	}

	/**
	 * Whether two rows look the same.
	 * @param before a row
	 * @param after another one of the same type
	 * @return whether they have the same values in all columns that are shown
	 */
	public boolean showsSame(Row before, Row after) {
		return this.columns.stream().allMatch((column) -> before.sameValue(after, column));
	}

	/**
	 * Writes the key of a row and what an update has changed of it.
	 * @param before the row as it was
	 * @param after the row as it is
	 * @return a JSON object in UTF-8 with the old values, or {@code null} if the update
	 * changed nothing that is shown
	 */
	public byte @Nullable [] encodeChanged(Row before, Row after) {
		if (showsSame(before, after)) {
			return null;
		}
		return write(before.type(), valuesOf(before),
				(column) -> this.key.contains(column) || !before.sameValue(after, column));
	}

	private static Function<Column, @Nullable Object> valuesOf(Row row) {
		return (column) -> row.get(column.index());
	}

	private byte[] write(RowType type, Function<Column, @Nullable Object> values, Predicate<Column> shown) {
		try (ByteArrayBuilder bytes = new ByteArrayBuilder(256)) {
			try (JsonGenerator out = JSON.createGenerator(bytes)) {
				out.writeStartObject();
				for (Column column : this.columns) {
					if (shown.test(column)) {
						writeMember(type, column, values.apply(column), out);
					}
				}
				out.writeEndObject();
			}
			return bytes.toByteArray();
		}
	}

	private static void writeMember(RowType type, Column column, @Nullable Object value, JsonGenerator out) {
		out.writeName(column.name());
		if (value != null) {
			type.codec(column).write(value, out);
		}
		else {
			out.writeNull();
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Projection projection && this.hash == projection.hash
				&& this.columns.equals(projection.columns) && this.key.equals(projection.key));
	}

	@Override
	public int hashCode() {
		return this.hash;
	}

	@Override
	public String toString() {
		return "Projection of " + this.columns.stream().map(Column::name).toList();
	}

}
