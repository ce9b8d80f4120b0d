package io.kalam.change;

import io.kalam.catalog.TableName;
import io.kalam.codec.RowType;

/**
 * Something that a committed transaction did to a table. The changes of a transaction are
 * in the order in which they were made.
 */
public sealed interface Change {

	/**
	 * The table that was changed.
	 * @return the table's name
	 */
	TableName table();

	/**
	 * About how many bytes of heap the change takes.
	 * @return the size in bytes
	 */
	int size();

	/**
	 * A row has come.
	 *
	 * @param row the new row
	 */
	record Insert(Row row) implements Change {

		@Override
		public TableName table() {
			return this.row.type().name();
		}

		@Override
		public int size() {
			return 16 + this.row.size();
		}

	}

	/**
	 * A row has changed and kept its key. (An update of the key is a delete and an
	 * insert.)
	 *
	 * @param before the row as it was
	 * @param after the row as it is
	 */
	record Update(Row before, Row after) implements Change {

		@Override
		public TableName table() {
			return this.after.type().name();
		}

		@Override
		public int size() {
			return 24 + this.before.size() + this.after.size();
		}

	}

	/**
	 * A row has gone.
	 *
	 * @param before the row as it was
	 */
	record Delete(Row before) implements Change {

		@Override
		public TableName table() {
			return this.before.type().name();
		}

		@Override
		public int size() {
			return 16 + this.before.size();
		}

	}

	/**
	 * All rows have gone at once.
	 *
	 * @param type the table
	 */
	record Truncate(RowType type) implements Change {

		@Override
		public TableName table() {
			return this.type.name();
		}

		@Override
		public int size() {
			return 16;
		}

	}

	/**
	 * An event was told, of a stream that is no table of the database. What it means
	 * depends on the events that live: it is an insert, an update, a delete or nothing.
	 *
	 * @param table the stream
	 * @param content the event as it is in the log; not to be changed
	 */
	record Message(TableName table, byte[] content) implements Change {

		@Override
		public int size() {
			return 40 + this.content.length;
		}

	}

	/**
	 * What happened to the table can't be told row by row: whoever follows it has to read
	 * it anew. Nothing is known about its rows at this commit or before it.
	 *
	 * @param table the table
	 * @param reason why
	 */
	record Reset(TableName table, ResetReason reason) implements Change {

		@Override
		public int size() {
			return 24;
		}

	}

}
