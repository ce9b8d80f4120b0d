package io.kalam.snapshot.r2dbc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.TableName;
import io.kalam.query.LiveQuery;
import io.kalam.query.SqlCondition;
import io.kalam.query.Window;
import io.kalam.snapshot.SnapshotRequest;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of one read. Identifiers are quoted, values are parameters.
 *
 * @param begin opens the transaction, locks the table, with statements that take no
 * snapshot yet, and asks for the moment and the table's columns
 * @param rows selects the shown columns of the rows
 * @param parameters the parameters of that
 */
record SnapshotStatements(String begin, String rows, List<String> parameters) {

	static final String COMMIT = "COMMIT";

	static final String ROLLBACK = "ROLLBACK";

	/**
	 * What a row is called where a bare name could be taken for a column of the result.
	 */
	private static final String ROW = "\"kalam_row\"";

	private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n";

	private static final String MOMENT = """
			SELECT pg_current_snapshot()::text, pg_current_wal_insert_lsn()::text,
				attname::text, atttypid::int8, atttypmod
			FROM pg_attribute
			WHERE attnum > 0 AND NOT attisdropped AND attrelid =""";

	static SnapshotStatements of(SnapshotRequest request) {
		String table = request.query().table().name().toSql();
		SqlCondition condition = request.query().predicate().toSql();
		List<String> parameters = new ArrayList<>(condition.parameters());
		String where = "(" + condition.text() + ")";
		String owner = request.partition().owner();
		if (owner != null) {
			parameters.add(owner);
			where = isOwner(request.query().table().owner(), parameters.size()) + " AND " + where;
		}
		return new SnapshotStatements(begin(request.query().table().name()), rows(request, table, where), parameters);
	}

	private static String begin(TableName table) {
		return BEGIN + "LOCK TABLE " + table.toSql() + " IN ACCESS SHARE MODE;\n" + MOMENT + " (" + table.toLiteral()
				+ ")::regclass ORDER BY attnum";
	}

	private static String isOwner(@Nullable Column owner, int parameter) {
		if (owner == null) {
			throw new IllegalArgumentException("A shared table has no owners");
		}
		ColumnType type = owner.type().underlying();
		return "%s = ($%d)::%s.%s".formatted(TableName.quote(owner.name()), parameter, TableName.quote(type.schema()),
				TableName.quote(type.name()));
	}

	private static String rows(SnapshotRequest request, String table, String where) {
		List<Column> columns = request.query().projection().columns();
		String names = columns.stream().map(SnapshotStatements::name).collect(Collectors.joining(", "));
		if (request.lastRows() == 0) {
			return "SELECT " + names + " FROM " + table + " AS " + ROW + " WHERE " + where + order(request.query());
		}
		List<Column> key = request.query().projection().key();
		return "SELECT * FROM (SELECT " + names + " FROM " + table + " WHERE " + where + " ORDER BY "
				+ order(key, " DESC") + " LIMIT " + request.lastRows() + ") AS newest ORDER BY " + order(key, "");
	}

	private static String order(LiveQuery query) {
		String order = query.ordering().isNone() ? "" : " ORDER BY " + query.ordering().toSql(ROW);
		Window window = query.window();
		return (window != null) ? order + " LIMIT " + window.rowsToRead() : order;
	}

	private static String order(List<Column> key, String direction) {
		return key.stream().map((column) -> name(column) + direction).collect(Collectors.joining(", "));
	}

	private static String name(Column column) {
		return TableName.quote(column.name());
	}

}
