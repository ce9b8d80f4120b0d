package io.kalam.benchmark;

import java.util.List;

import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableLineage;
import io.kalam.catalog.TableName;
import io.kalam.change.Row;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.partition.LiveTable;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows have owners, for what is measured without a database.
 */
final class Items {

	static final RowType TYPE = type();

	private Items() {
	}

	static Row row(long id, String owner, String body) {
		return new Row(TYPE, new Object[] { id, owner, body });
	}

	static LiveTable table() {
		return new LiveTable(BenchmarkDatabase.TABLE, TYPE, TYPE.table().columns().get(1),
				new TableLineage("benchmark"));
	}

	private static RowType type() {
		Collation collation = new Collation("C", true, true, true);
		List<Column> columns = List.of(column("id", 0, "int8", null), column("owner", 1, "text", collation),
				column("body", 2, "text", collation));
		return new Codecs().rowType(new Table(new TableName("public", "items"), columns, columns.subList(0, 1)));
	}

	private static Column column(String name, int index, String type, @Nullable Collation collation) {
		return new Column(name, index, new ColumnType(0, type, "pg_catalog", ColumnType.Kind.BASE, -1, null), true,
				false, collation);
	}

}
