package io.kalam.capture.debezium;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.codec.Codec;
import io.kalam.codec.RowType;
import io.kalam.testing.PrintedCodec;

/**
 * Reads of the catalog what these tests need.
 */
final class RowTypes {

	static final String REFUSED = "refused";

	private static final String COLUMNS = """
			SELECT a.attname, a.attnotnull, a.attgenerated <> '' AS generated, t.oid, t.typname, n.nspname, t.typtype,
				t.typcategory, a.atttypmod, b.oid AS base, b.typname AS basename, t.typtypmod,
				coalesce(array_position(i.indkey::int2[], a.attnum), -1) AS keypart
			FROM pg_attribute a
			JOIN pg_type t ON t.oid = a.atttypid
			JOIN pg_namespace n ON n.oid = t.typnamespace
			LEFT JOIN pg_type b ON b.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.typelem END
			LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
			WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
			ORDER BY a.attnum
			""";

	private RowTypes() {
	}

	static Map<TableName, RowType> read(PostgresSettings settings, String... tables) {
		Map<TableName, RowType> types = new HashMap<>();
		try (Connection connection = settings.connect()) {
			for (String table : tables) {
				TableName name = new TableName("public", table);
				types.put(name, read(connection, name));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return types;
	}

	private static RowType read(Connection connection, TableName table) throws SQLException {
		List<Column> columns = new ArrayList<>();
		Map<Integer, Column> key = new HashMap<>();
		try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
			statement.setString(1, table.toSql());
			try (ResultSet result = statement.executeQuery()) {
				while (result.next()) {
					Column column = new Column(result.getString("attname"), columns.size(), type(result),
							!result.getBoolean("attnotnull"), false, null);
					columns.add(column);
					if (result.getInt("keypart") >= 0) {
						key.put(result.getInt("keypart"), column);
					}
				}
			}
		}
		List<Column> keys = key.keySet().stream().sorted().map(key::get).toList();
		List<Codec<?>> codecs = new ArrayList<>(Collections.nCopies(columns.size(), new PrintedCodec(REFUSED)));
		return new RowType(new Table(table, columns, keys), codecs);
	}

	private static ColumnType type(ResultSet result) throws SQLException {
		boolean array = "A".equals(result.getString("typcategory"));
		ColumnType.Kind kind = switch (result.getString("typtype")) {
			case "e" -> ColumnType.Kind.ENUM;
			case "d" -> ColumnType.Kind.DOMAIN;
			case "c" -> ColumnType.Kind.COMPOSITE;
			case "r" -> ColumnType.Kind.RANGE;
			case "m" -> ColumnType.Kind.MULTIRANGE;
			default -> array ? ColumnType.Kind.ARRAY : ColumnType.Kind.BASE;
		};
		ColumnType base = null;
		if (kind == ColumnType.Kind.DOMAIN || array) {
			base = new ColumnType(result.getInt("base"), result.getString("basename"), "pg_catalog",
					ColumnType.Kind.BASE, array ? result.getInt("atttypmod") : result.getInt("typtypmod"), null);
		}
		return new ColumnType(result.getInt("oid"), result.getString("typname"), result.getString("nspname"), kind,
				result.getInt("atttypmod"), base);
	}

}
