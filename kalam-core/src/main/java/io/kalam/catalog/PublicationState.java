package io.kalam.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A publication as the catalog has it.
 *
 * @param oid its oid
 * @param ours whether we have created it and may change it
 * @param missingActions what it doesn't publish
 * @param viaRoot whether changes of partitions appear under the partitioned table
 * @param generated whether it publishes stored generated columns
 * @param filtered for each published table whether a row filter applies
 * @param listed the tables for which it has a column list
 * @param direct the tables that are named in it
 */
record PublicationState(long oid, boolean ours, List<String> missingActions, boolean viaRoot, boolean generated,
		Map<Long, Boolean> filtered, Set<Long> listed, Map<Long, TableName> direct) {

	/**
	 * How we know a publication of our making.
	 */
	static final String MARK = "Managed by Kalam";

	private static final String PUBLICATION = """
			SELECT p.oid::int8, pubviaroot, coalesce(to_jsonb(p) ->> 'pubgencols', 'n') <> 'n' AS generated,
				coalesce(obj_description(p.oid, 'pg_publication') = ?, false)
					AND pg_has_role(p.pubowner, 'USAGE') AS ours,
				array_remove(ARRAY[CASE WHEN NOT pubinsert THEN 'insert' END, CASE WHEN NOT pubupdate THEN 'update' END,
					CASE WHEN NOT pubdelete THEN 'delete' END, CASE WHEN NOT pubtruncate THEN 'truncate' END], NULL)
					AS missing
			FROM pg_publication p WHERE pubname = ?
			""";

	private static final String PUBLISHED = """
			SELECT c.oid::int8, t.rowfilter IS NOT NULL AS filtered
			FROM pg_publication_tables t JOIN pg_namespace n ON n.nspname = t.schemaname
				JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
			WHERE t.pubname = ?
			""";

	private static final String DIRECT = """
			SELECT c.oid::int8, n.nspname, c.relname, r.prattrs IS NOT NULL AS listed
			FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE r.prpubid = ? ORDER BY n.nspname, c.relname
			""";

	static @Nullable PublicationState read(Connection connection, String name) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(PUBLICATION)) {
			statement.setString(1, MARK);
			statement.setString(2, name);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? read(connection, name, row) : null;
			}
		}
	}

	private static PublicationState read(Connection connection, String name, ResultSet row) throws SQLException {
		long oid = row.getLong("oid");
		Map<Long, TableName> direct = new LinkedHashMap<>();
		Set<Long> listed = new HashSet<>();
		try (PreparedStatement statement = connection.prepareStatement(DIRECT)) {
			statement.setLong(1, oid);
			try (ResultSet table = statement.executeQuery()) {
				while (table.next()) {
					direct.put(table.getLong("oid"),
							new TableName(table.getString("nspname"), table.getString("relname")));
					if (table.getBoolean("listed")) {
						listed.add(table.getLong("oid"));
					}
				}
			}
		}
		List<String> missing = List.of((String[]) row.getArray("missing").getArray());
		return new PublicationState(oid, row.getBoolean("ours"), missing, row.getBoolean("pubviaroot"),
				row.getBoolean("generated"), published(connection, name), listed, direct);
	}

	private static Map<Long, Boolean> published(Connection connection, String name) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(PUBLISHED)) {
			statement.setString(1, name);
			try (ResultSet row = statement.executeQuery()) {
				Map<Long, Boolean> published = new HashMap<>();
				while (row.next()) {
					published.put(row.getLong("oid"), row.getBoolean("filtered"));
				}
				return published;
			}
		}
	}

	/**
	 * Whether all changes of a table are in the stream, under whatever name.
	 */
	boolean publishes(Relation relation) {
		return this.filtered.containsKey(relation.oid()) || relation.members()
			.stream()
			.filter((member) -> member.kind() == Relation.Kind.TABLE)
			.allMatch((member) -> this.filtered.containsKey(member.oid()));
	}

	boolean filters(Relation relation) {
		return relation.members().stream().anyMatch((member) -> this.filtered.getOrDefault(member.oid(), false));
	}

	boolean lists(Relation relation) {
		return relation.members().stream().anyMatch((member) -> this.listed.contains(member.oid()));
	}

	/**
	 * Whether the stream has all rows of a table, with all their columns.
	 */
	boolean suits(Relation relation) {
		return publishes(relation) && !filters(relation) && !lists(relation);
	}

}
