package io.kalam.capture.debezium;

import java.util.List;

import io.debezium.connector.postgresql.PostgresType;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.TableName;

/**
 * A table as the stream describes it. Made anew whenever the stream describes the table
 * anew; equal to nothing but itself, so that it tells whether the table may have changed.
 */
final class Relation {

	private final TableName table;

	private final List<RelationColumn> columns;

	private final int[] places;

	private final int sent;

	private final List<String> key;

	/**
	 * A table.
	 * @param table the table's name; the root's for a partitioned table
	 * @param columns its columns, in the order in which the stream sends them, without
	 * those that are hidden
	 * @param places where each is among those that the stream sends
	 * @param sent how many the stream sends
	 * @param key the names of the columns of its primary key
	 */
	Relation(TableName table, List<RelationColumn> columns, int[] places, int sent, List<String> key) {
		this.table = table;
		this.columns = columns;
		this.places = places;
		this.sent = sent;
		this.key = key;
	}

	TableName table() {
		return this.table;
	}

	List<RelationColumn> columns() {
		return this.columns;
	}

	int place(int column) {
		return this.places[column];
	}

	int sent() {
		return this.sent;
	}

	/**
	 * Whether some columns are hidden.
	 */
	boolean isHiding() {
		return this.columns.size() < this.sent;
	}

	List<String> key() {
		return this.key;
	}

	/**
	 * A column as the stream describes it.
	 *
	 * @param name the column's name
	 * @param type its type
	 * @param length the length that its type modifier tells
	 * @param scale the scale that its type modifier tells
	 * @param prefix what stands before a value where Debezium prints one
	 */
	record RelationColumn(String name, PostgresType type, int length, int scale, String prefix) {

		/**
		 * Whether the type, with its modifier, is one that was read from the catalog.
		 * @param known the type as the catalog has it
		 * @return whether it is the same
		 */
		boolean isOf(ColumnType known) {
			return this.type.getOid() == known.oid() && modifiedAs(known.modifier());
		}

		private boolean modifiedAs(int modifier) {
			if (modifier == -1 || this.type.getTypeInfo() == null) {
				return this.length == this.type.getDefaultLength() && this.scale == this.type.getDefaultScale();
			}
			return this.length == this.type.getTypeInfo().getPrecision(this.type.getOid(), modifier)
					&& this.scale == this.type.getTypeInfo().getScale(this.type.getOid(), modifier);
		}

	}

}
