package io.kalam.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableLineage;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.change.Row;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTableDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Tables for tests that have no catalog to read them from.
 */
public final class TestTypes {

	public static final Collation BINARY = new Collation("C", true, true, true);

	public static final Collation LINGUISTIC = new Collation("default", true, false, false);

	public static final Collation NONDETERMINISTIC = new Collation("ci", false, false, false);

	private TestTypes() {
	}

	/**
	 * A type as SQL names it, {@code int4}, {@code bpchar(8)}, {@code text[]}.
	 */
	public static ColumnType type(String sql) {
		if (sql.endsWith("[]")) {
			ColumnType element = type(sql.substring(0, sql.length() - 2));
			return new ColumnType(0, "_" + element.name(), element.schema(), ColumnType.Kind.ARRAY, -1, element);
		}
		if (sql.startsWith("enum(")) {
			return enumType("public", "mood", sql.substring(5, sql.length() - 1).split(","));
		}
		int modifier = -1;
		String name = sql;
		if (sql.startsWith("bpchar(")) {
			name = "bpchar";
			modifier = Integer.parseInt(sql.substring(7, sql.length() - 1)) + 4;
		}
		if (sql.startsWith("numeric(")) {
			String[] digits = sql.substring(8, sql.length() - 1).split(",");
			name = "numeric";
			modifier = (Integer.parseInt(digits[0]) << 16 | Integer.parseInt(digits[1])) + 4;
		}
		ColumnType.Kind kind = sql.endsWith("range") ? ColumnType.Kind.RANGE : ColumnType.Kind.BASE;
		return new ColumnType(0, name.replace("(3)", ""), "pg_catalog", kind, modifier, null);
	}

	public static ColumnType enumType(String schema, String name, String... labels) {
		return new ColumnType(0, name, schema, ColumnType.Kind.ENUM, -1, null, List.of(labels));
	}

	public static ColumnType array(String name, ColumnType element) {
		return new ColumnType(0, name, element.schema(), ColumnType.Kind.ARRAY, -1, element);
	}

	public static ColumnType domain(String name, ColumnType base) {
		return new ColumnType(0, name, "public", ColumnType.Kind.DOMAIN, -1, base);
	}

	public static Column column(String name, int index, String type, Collation collation) {
		return new Column(name, index, type(type), true, false, collation);
	}

	/**
	 * A shared table with columns of some types.
	 */
	public static LiveTable liveTable(RowType type) {
		RealtimeTableDefinition definition = new RealtimeTableDefinition(
				new RequiredTable(new TableReference(type.name().schema(), type.name().name()), null, "a test"),
				RealtimeTableType.SHARED, Set.of());
		return new LiveTable(definition, type, null, new TableLineage("a test"));
	}

	/**
	 * A table in schema {@code public} whose first column is its key.
	 */
	@SafeVarargs
	public static Table table(String name, Map.Entry<String, ColumnType>... types) {
		List<Column> columns = new ArrayList<>();
		for (Map.Entry<String, ColumnType> type : types) {
			columns.add(new Column(type.getKey(), columns.size(), type.getValue(), true, false, null));
		}
		return new Table(new TableName("public", name), columns, columns.subList(0, 1));
	}

	/**
	 * A row of what Postgres prints.
	 */
	public static Row row(RowType type, @Nullable String... printed) {
		@Nullable Object[] values = new Object[printed.length];
		for (int i = 0; i < printed.length; i++) {
			values[i] = (printed[i] != null) ? type.codec(type.table().columns().get(i)).parse(printed[i]) : null;
		}
		return new Row(type, values);
	}

	/**
	 * A table whose first column is its key.
	 */
	public static RowType rowType(TableName name, Map<String, String> types, Collation collation) {
		List<Column> columns = new ArrayList<>();
		types.forEach((column, type) -> columns.add(column(column, columns.size(), type, collation)));
		return new Codecs().rowType(new Table(name, columns, columns.subList(0, 1)));
	}

}
