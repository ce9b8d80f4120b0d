package io.kalam.catalog;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.kalam.catalog.Relation.Access;
import io.kalam.catalog.Relation.Kind;
import io.kalam.catalog.Relation.Member;
import io.kalam.catalog.Relation.Persistence;
import io.kalam.catalog.Relation.PrimaryKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code pg_class} and what hangs on it.
 */
final class RelationReader {

	private static final String RELATIONS = """
			SELECT c.oid::int8, n.nspname, c.relname, c.relkind, c.relispartition,
				pg_get_userbyid(c.relowner) AS owner, pg_has_role(c.relowner, 'USAGE') AS owned,
				has_schema_privilege(n.oid, 'USAGE') AS schema_usage, has_table_privilege(c.oid, 'SELECT') AS selectable,
				row_security_active(c.oid) AS row_security, c.relforcerowsecurity
			FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS wanted (nspname, relname, place)
				JOIN pg_namespace n USING (nspname) JOIN pg_class c USING (relname)
			WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
			ORDER BY wanted.place
			""";

	private static final String MEMBERS = """
			SELECT tree.root::int8, c.oid::int8, n.nspname, c.relname, c.relkind, c.relpersistence, c.relreplident
			FROM (SELECT root, root AS relid, 0 AS level FROM unnest(?::oid[]) AS root
				UNION ALL
				SELECT root, relid, level FROM unnest(?::oid[]) AS root, pg_partition_tree(root::regclass)
				WHERE level > 0) AS tree
				JOIN pg_class c ON c.oid = tree.relid JOIN pg_namespace n ON n.oid = c.relnamespace
			ORDER BY tree.root, tree.level, n.nspname, c.relname
			""";

	private static final String HEIRS = """
			SELECT i.inhparent::int8, n.nspname, c.relname
			FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE i.inhparent = ANY (?::oid[]) AND NOT c.relispartition
			ORDER BY n.nspname, c.relname
			""";

	private static final String KEYS = """
			SELECT i.indrelid::int8, i.indisprimary, i.indimmediate, c.relname, array_agg(a.attname::text ORDER BY k.place) AS columns
			FROM pg_index i, pg_class c, unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place), pg_attribute a
			WHERE i.indrelid = ANY (?::oid[]) AND c.oid = i.indexrelid AND a.attrelid = i.indrelid AND a.attnum = k.attnum
				AND k.place <= i.indnkeyatts
				AND i.indisunique AND i.indislive AND i.indpred IS NULL AND i.indexprs IS NULL
			GROUP BY i.indrelid, i.indisprimary, i.indimmediate, i.indexrelid, c.relname
			HAVING i.indisprimary OR bool_and(a.attnotnull)
			ORDER BY i.indrelid, i.indisprimary DESC, count(*), i.indexrelid
			""";

	private final Connection connection;

	RelationReader(Connection connection) {
		this.connection = connection;
	}

	Map<TableName, Relation> read(Collection<TableName> names) throws SQLException {
		List<Head> heads = heads(names);
		Long[] oids = heads.stream().map(Head::oid).toArray(Long[]::new);
		Map<Long, ColumnReader.Columns> columns = new ColumnReader(this.connection).read(oids);
		Map<Long, List<Member>> members = members(oids);
		Map<Long, List<TableName>> heirs = heirs(oids);
		Map<Long, Keys> keys = keys(oids);
		Map<TableName, Relation> relations = new LinkedHashMap<>();
		for (Head head : heads) {
			ColumnReader.Columns own = columns.getOrDefault(head.oid, ColumnReader.Columns.NONE);
			Keys ownKeys = keys.getOrDefault(head.oid, Keys.NONE);
			relations.put(head.name, relation(head, own, ownKeys, members.getOrDefault(head.oid, List.of()),
					heirs.getOrDefault(head.oid, List.of())));
		}
		return relations;
	}

	private static Relation relation(Head head, ColumnReader.Columns columns, Keys keys, List<Member> members,
			List<TableName> heirs) {
		List<Column> key = new ArrayList<>();
		for (String name : keys.columns) {
			columns.published().stream().filter((column) -> column.name().equals(name)).forEach(key::add);
		}
		Table table = new Table(head.name, columns.published(), key);
		return new Relation(head.oid, table, head.kind, head.partition, members, heirs,
				columns.unpublished(keys.columns), columns.generated(), columns.versions(), keys.primary,
				keys.candidate, head.access);
	}

	private List<Head> heads(Collection<TableName> names) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(RELATIONS)) {
			statement.setArray(1, texts(names.stream().map(TableName::schema).toArray()));
			statement.setArray(2, texts(names.stream().map(TableName::name).toArray()));
			List<Head> heads = new ArrayList<>();
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					checkThere(row);
					heads.add(new Head(row.getLong("oid"), name(row), Kind.of(row.getString("relkind")),
							row.getBoolean("relispartition"), access(row)));
				}
			}
			return heads;
		}
	}

	/**
	 * Privileges are looked up in the catalog as it is by now.
	 */
	private static void checkThere(ResultSet row) throws SQLException {
		if (row.getObject("selectable") == null || row.getObject("schema_usage") == null) {
			throw new SQLException("relation " + Identifiers.sql(name(row)) + " was just dropped",
					StartupChecks.UNDEFINED_TABLE);
		}
	}

	private static Access access(ResultSet row) throws SQLException {
		return new Access(row.getString("owner"), row.getBoolean("owned"), row.getBoolean("schema_usage"),
				row.getBoolean("selectable"), row.getBoolean("row_security"), row.getBoolean("relforcerowsecurity"));
	}

	private Map<Long, List<Member>> members(Long[] oids) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(MEMBERS)) {
			statement.setArray(1, oids(this.connection, oids));
			statement.setArray(2, oids(this.connection, oids));
			Map<Long, List<Member>> members = new LinkedHashMap<>();
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					Member member = new Member(row.getLong("oid"), name(row), Kind.of(row.getString("relkind")),
							Persistence.of(row.getString("relpersistence")), identity(row.getString("relreplident")));
					members.computeIfAbsent(row.getLong("root"), (root) -> new ArrayList<>()).add(member);
				}
			}
			return members;
		}
	}

	private static ReplicaIdentity identity(String relreplident) {
		return switch (relreplident) {
			case "f" -> ReplicaIdentity.FULL;
			case "i" -> ReplicaIdentity.INDEX;
			case "n" -> ReplicaIdentity.NOTHING;
			default -> ReplicaIdentity.DEFAULT;
		};
	}

	private Map<Long, List<TableName>> heirs(Long[] oids) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(HEIRS)) {
			statement.setArray(1, oids(this.connection, oids));
			Map<Long, List<TableName>> heirs = new LinkedHashMap<>();
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					heirs.computeIfAbsent(row.getLong("inhparent"), (parent) -> new ArrayList<>()).add(name(row));
				}
			}
			return heirs;
		}
	}

	private Map<Long, Keys> keys(Long[] oids) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(KEYS)) {
			statement.setArray(1, oids(this.connection, oids));
			Map<Long, Keys> keys = new LinkedHashMap<>();
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					List<String> columns = List.of((String[]) row.getArray("columns").getArray());
					keys.putIfAbsent(row.getLong("indrelid"), keys(row, columns));
				}
			}
			return keys;
		}
	}

	private static Keys keys(ResultSet row, List<String> columns) throws SQLException {
		if (!row.getBoolean("indisprimary")) {
			return new Keys(null, List.of(), columns);
		}
		PrimaryKey primary = new PrimaryKey(Objects.requireNonNull(row.getString("relname")),
				!row.getBoolean("indimmediate"));
		return new Keys(primary, columns, List.of());
	}

	static Array oids(Connection connection, Long[] oids) throws SQLException {
		return connection.createArrayOf("int8", oids);
	}

	private Array texts(@Nullable Object[] texts) throws SQLException {
		return this.connection.createArrayOf("text", texts);
	}

	private static TableName name(ResultSet row) throws SQLException {
		return new TableName(Objects.requireNonNull(row.getString("nspname")),
				Objects.requireNonNull(row.getString("relname")));
	}

	/**
	 * The row of {@code pg_class}.
	 */
	private record Head(long oid, TableName name, Kind kind, boolean partition, Access access) {

	}

	/**
	 * The primary key with its columns, or else the columns that could be one.
	 */
	private record Keys(@Nullable PrimaryKey primary, List<String> columns, List<String> candidate) {

		static final Keys NONE = new Keys(null, List.of(), List.of());

	}

}
