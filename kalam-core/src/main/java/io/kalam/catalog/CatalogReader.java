package io.kalam.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads what the database has. Each method sees the catalog as it is at one moment of the
 * call. Not safe for use by several threads; blocks.
 * <p>
 * A generated column that the change stream can't carry is left out of a table: before
 * Postgres 18 every one, from 18 on those that are virtual.
 */
public final class CatalogReader {

	private static final String RESOLVE = """
			SELECT c.oid::int8, n.nspname, c.relname
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
				LEFT JOIN unnest(current_schemas(true)) WITH ORDINALITY AS path (nspname, place) USING (nspname)
			WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname = ?
				AND (n.nspname = ?::text OR (?::text IS NULL AND path.place IS NOT NULL))
			ORDER BY path.place LIMIT 1
			""";

	private final Connection connection;

	/**
	 * A reader.
	 * @param connection what to read with; remains the caller's
	 */
	public CatalogReader(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Finds out which table is meant.
	 * @param reference the table as the application names it
	 * @return the table's qualified name, {@code null} if there is no table or view of
	 * that name
	 * @throws SQLException if the catalog can't be read
	 */
	public @Nullable TableName resolve(TableReference reference) throws SQLException {
		TableName exact = find(reference.schema(), reference.name());
		if (exact != null) {
			return exact;
		}
		String schema = reference.schema();
		return find((schema != null) ? Identifiers.fold(schema) : null, Identifiers.fold(reference.name()));
	}

	private @Nullable TableName find(@Nullable String schema, String name) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(RESOLVE)) {
			statement.setString(1, name);
			statement.setString(2, schema);
			statement.setString(3, schema);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? new TableName(row.getString("nspname"), row.getString("relname")) : null;
			}
		}
	}

	/**
	 * Reads the description of a table.
	 * @param name the table
	 * @return its description, {@code null} if there is no table or view of that name
	 * @throws SQLException if the catalog can't be read
	 */
	public @Nullable Table read(TableName name) throws SQLException {
		return read(List.of(name)).get(name);
	}

	/**
	 * Reads the descriptions of tables.
	 * @param names the tables
	 * @return the descriptions of those that exist, in the order of the names
	 * @throws SQLException if the catalog can't be read
	 */
	public Map<TableName, Table> read(Collection<TableName> names) throws SQLException {
		Map<TableName, Table> tables = new LinkedHashMap<>();
		CatalogMoment.read(this.connection, () -> relations(names))
			.forEach((name, relation) -> tables.put(name, relation.table()));
		return tables;
	}

	Map<TableName, Relation> relations(Collection<TableName> names) throws SQLException {
		return new RelationReader(this.connection).read(names);
	}

}
