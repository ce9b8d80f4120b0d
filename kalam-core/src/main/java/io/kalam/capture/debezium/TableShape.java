package io.kalam.capture.debezium;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.kalam.catalog.Column;
import io.kalam.change.Row;
import io.kalam.codec.CodecException;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;

/**
 * What the stream says of a table, compared once with what is known of it.
 */
final class TableShape {

	private final Relation relation;

	private final RowType type;

	private final @Nullable String mismatch;

	private final List<Column> columns;

	private final int[] places;

	TableShape(Relation relation, RowType type) {
		this.relation = relation;
		this.type = type;
		this.columns = type.table().columns();
		Map<String, Integer> sent = new HashMap<>();
		for (int i = 0; i < relation.columns().size(); i++) {
			sent.put(relation.columns().get(i).name(), i);
		}
		this.places = this.columns.stream().mapToInt((column) -> sent.getOrDefault(column.name(), -1)).toArray();
		this.mismatch = compare();
	}

	private @Nullable String compare() {
		for (int i = 0; i < this.places.length; i++) {
			Column column = this.columns.get(i);
			if (this.places[i] < 0) {
				return "column " + column.name() + " is missing";
			}
			if (!this.relation.columns().get(this.places[i]).isOf(column.type())) {
				return "column " + column.name() + " is of another type";
			}
		}
		if (this.relation.columns().size() != this.places.length) {
			return "there is a new column";
		}
		Set<String> key = this.type.table().key().stream().map(Column::name).collect(Collectors.toSet());
		return key.equals(new HashSet<>(this.relation.key())) ? null : "the primary key is another";
	}

	boolean isOf(Relation relation) {
		return this.relation.equals(relation);
	}

	/**
	 * Whether some of the table's columns are hidden.
	 */
	boolean isHiding() {
		return this.relation.isHiding();
	}

	/**
	 * In what the table is not what is known of it.
	 * @return the difference, {@code null} if there is none
	 */
	@Nullable String mismatch() {
		return this.mismatch;
	}

	/**
	 * Reads a row.
	 * @param tuple the row as it was sent, {@code null} if it was not
	 * @return the row
	 * @throws CodecException if a value can't be converted
	 * @throws IncompleteRowException if a value is missing
	 */
	Row row(@Nullable Tuple tuple) {
		if (tuple == null || !tuple.isComplete()) {
			throw new IncompleteRowException("a row was not sent in full; is its replica identity still FULL?");
		}
		@Nullable Object[] values = new @Nullable Object[this.places.length];
		for (int i = 0; i < values.length; i++) {
			String text = tuple.get(this.places[i]);
			if (text != null) {
				values[i] = this.type.read(this.columns.get(i), text);
			}
			else if (!this.columns.get(i).nullable()) {
				throw new IncompleteRowException("column " + this.columns.get(i).name() + " has no value");
			}
		}
		return new Row(this.type, values);
	}

}
