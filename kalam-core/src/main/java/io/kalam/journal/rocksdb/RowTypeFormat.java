package io.kalam.journal.rocksdb;

import java.util.ArrayList;
import java.util.List;

import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;

/**
 * A table's columns and key as bytes, and the forms of values of the application's own
 * types, if there are any: what an old row needs to be read as it was.
 */
final class RowTypeFormat {

	private static final int NEITHER = 0;

	private static final int BASE = 1;

	private static final int LABELS = 2;

	private RowTypeFormat() {
	}

	static byte[] write(RowType type) {
		Table table = type.table();
		ByteWriter out = new ByteWriter();
		out.writeText(table.name().schema()).writeText(table.name().name());
		out.writeUnsigned(table.columns().size());
		for (Column column : table.columns()) {
			out.writeText(column.name()).writeByte(column.nullable() ? 1 : 0).writeByte(column.generated() ? 1 : 0);
			write(column.type(), out);
			write(column.collation(), out);
		}
		out.writeUnsigned(table.key().size());
		table.key().forEach((column) -> out.writeUnsigned(column.index()));
		List<String> forms = type.forms();
		if (!forms.stream().allMatch(String::isEmpty)) {
			forms.forEach(out::writeText);
		}
		return out.toBytes();
	}

	private static void write(ColumnType type, ByteWriter out) {
		ColumnType base = type.base();
		out.writeSigned(type.oid())
			.writeText(type.name())
			.writeText(type.schema())
			.writeText(type.kind().name())
			.writeSigned(type.modifier())
			.writeByte((base != null) ? BASE : type.labels().isEmpty() ? NEITHER : LABELS);
		if (base != null) {
			write(base, out);
		}
		else if (!type.labels().isEmpty()) {
			out.writeUnsigned(type.labels().size());
			type.labels().forEach(out::writeText);
		}
	}

	private static void write(@Nullable Collation collation, ByteWriter out) {
		out.writeByte((collation != null) ? 1 : 0);
		if (collation != null) {
			out.writeText(collation.name())
				.writeByte(collation.deterministic() ? 1 : 0)
				.writeByte(collation.binary() ? 1 : 0)
				.writeByte(collation.asciiCase() ? 1 : 0);
		}
	}

	static RowType read(byte[] bytes) {
		ByteReader in = new ByteReader(bytes);
		TableName name = new TableName(in.readText(), in.readText());
		int size = in.readInt();
		List<Column> columns = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			String column = in.readText();
			boolean nullable = in.readByte() == 1;
			boolean generated = in.readByte() == 1;
			columns.add(new Column(column, i, readType(in), nullable, generated, readCollation(in)));
		}
		int keySize = in.readInt();
		List<Column> key = new ArrayList<>();
		for (int i = 0; i < keySize; i++) {
			key.add(columns.get(in.readInt()));
		}
		List<String> forms = new ArrayList<>();
		while (!in.isAtEnd()) {
			forms.add(in.readText());
		}
		return Codecs.stored(new Table(name, columns, key), forms);
	}

	private static ColumnType readType(ByteReader in) {
		int oid = Math.toIntExact(in.readSigned());
		String name = in.readText();
		String schema = in.readText();
		ColumnType.Kind kind = ColumnType.Kind.valueOf(in.readText());
		int modifier = Math.toIntExact(in.readSigned());
		int more = in.readByte();
		return new ColumnType(oid, name, schema, kind, modifier, (more == BASE) ? readType(in) : null,
				(more == LABELS) ? readLabels(in) : List.of());
	}

	private static List<String> readLabels(ByteReader in) {
		List<String> labels = new ArrayList<>();
		for (int left = in.readInt(); left > 0; left--) {
			labels.add(in.readText());
		}
		return labels;
	}

	private static @Nullable Collation readCollation(ByteReader in) {
		return (in.readByte() == 1)
				? new Collation(in.readText(), in.readByte() == 1, in.readByte() == 1, in.readByte() == 1) : null;
	}

}
