package io.kalam.journal.rocksdb;

import io.kalam.catalog.Column;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.ResetReason;
import io.kalam.change.Row;
import io.kalam.codec.Codec;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;

/**
 * A change as bytes. An update's new row has a mark where a value is as it was.
 */
final class ChangeFormat {

	private static final int INSERT = 0;

	private static final int UPDATE = 1;

	private static final int DELETE = 2;

	private static final int TRUNCATE = 3;

	private static final int RESET = 4;

	private static final int SAME = 0;

	private static final int OTHER = 1;

	private final RowTypeDictionary types;

	ChangeFormat(RowTypeDictionary types) {
		this.types = types;
	}

	void write(Change change, ByteWriter out) {
		if (change instanceof Change.Insert insert) {
			write(INSERT, insert.row(), out);
		}
		else if (change instanceof Change.Delete delete) {
			write(DELETE, delete.before(), out);
		}
		else if (change instanceof Change.Update update) {
			write(UPDATE, update.before(), out);
			writeAfter(update, out);
		}
		else if (change instanceof Change.Truncate truncate) {
			out.writeByte(TRUNCATE).writeUnsigned(this.types.number(truncate.type()));
		}
		else if (change instanceof Change.Reset reset) {
			out.writeByte(RESET).writeText(reset.reason().name());
		}
	}

	private void write(int kind, Row row, ByteWriter out) {
		out.writeByte(kind).writeUnsigned(this.types.number(row.type()));
		for (Column column : row.type().table().columns()) {
			ValueFormat.write(row.get(column.index()), row.type().codec(column), out);
		}
	}

	private void writeAfter(Change.Update update, ByteWriter out) {
		Row before = update.before();
		Row after = update.after();
		boolean sameType = before.type().equals(after.type());
		out.writeUnsigned(this.types.number(after.type()));
		for (Column column : after.type().table().columns()) {
			if (sameType && before.sameValue(after, column)) {
				out.writeByte(SAME);
			}
			else {
				out.writeByte(OTHER);
				ValueFormat.write(after.get(column.index()), after.type().codec(column), out);
			}
		}
	}

	/**
	 * Reads a change.
	 * @param table the table that was changed
	 * @param in where to read
	 * @return the change
	 */
	Change read(TableName table, ByteReader in) {
		int kind = in.readByte();
		return switch (kind) {
			case INSERT -> new Change.Insert(readRow(in));
			case UPDATE -> readUpdate(in);
			case DELETE -> new Change.Delete(readRow(in));
			case TRUNCATE -> new Change.Truncate(this.types.type(in.readInt()));
			case RESET -> new Change.Reset(table, ResetReason.valueOf(in.readText()));
			default -> throw new IllegalArgumentException("No kind of change: " + kind);
		};
	}

	private Row readRow(ByteReader in) {
		RowType type = this.types.type(in.readInt());
		@Nullable Object[] values = new Object[type.codecs().size()];
		for (Column column : type.table().columns()) {
			values[column.index()] = ValueFormat.read(type.codec(column), in);
		}
		return new Row(type, values);
	}

	private Change readUpdate(ByteReader in) {
		Row before = readRow(in);
		RowType type = this.types.type(in.readInt());
		@Nullable Object[] values = new Object[type.codecs().size()];
		for (Column column : type.table().columns()) {
			Codec<Object> codec = type.codec(column);
			values[column.index()] = (in.readByte() == SAME) ? before.get(column.index()) : ValueFormat.read(codec, in);
		}
		return new Change.Update(before, new Row(type, values));
	}

}
