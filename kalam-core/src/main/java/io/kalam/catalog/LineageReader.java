package io.kalam.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads how tables come to be published, which together with the versions of their
 * columns makes their lineages. Each {@code ALTER PUBLICATION … ADD} makes a row with an
 * oid of its own, and each {@code … SET} another version of the publication's row.
 */
final class LineageReader {

	private static final String MEMBERSHIPS = """
			SELECT m.root::int8, min(p.xmin::text) || ' ' || string_agg(
				concat_ws('/', m.member, coalesce(r.oid, 0), coalesce(n.oid, 0)), ',' ORDER BY m.member) AS membership
			FROM unnest(?::oid[], ?::oid[]) AS m (root, member)
				JOIN pg_publication p ON p.pubname = ?
				LEFT JOIN pg_publication_rel r ON r.prpubid = p.oid AND r.prrelid = m.member
				LEFT JOIN pg_class c ON c.oid = m.member
				LEFT JOIN pg_publication_namespace n ON n.pnpubid = p.oid AND n.pnnspid = c.relnamespace
			GROUP BY m.root
			""";

	private final Connection connection;

	LineageReader(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Reads lineages.
	 * @param publication the publication
	 * @param relations the tables
	 * @return the lineage of each table, by its oid
	 */
	Map<Long, TableLineage> read(String publication, List<Relation> relations) throws SQLException {
		List<Long> roots = new ArrayList<>();
		List<Long> members = new ArrayList<>();
		relations.forEach((relation) -> relation.members().forEach((member) -> {
			roots.add(relation.oid());
			members.add(member.oid());
		}));
		Map<Long, String> columns = relations.stream()
			.collect(Collectors.toMap(Relation::oid, Relation::columnVersions));
		Map<Long, TableLineage> lineages = new HashMap<>();
		try (PreparedStatement statement = this.connection.prepareStatement(MEMBERSHIPS)) {
			statement.setArray(1, RelationReader.oids(this.connection, roots.toArray(Long[]::new)));
			statement.setArray(2, RelationReader.oids(this.connection, members.toArray(Long[]::new)));
			statement.setString(3, publication);
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					long root = row.getLong("root");
					lineages.put(root, new TableLineage(row.getString("membership") + " " + columns.get(root)));
				}
			}
		}
		return lineages;
	}

}
