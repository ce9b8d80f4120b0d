package io.kalam.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows the transactions that were writing to a table when it was published. What they
 * wrote before is in nobody's stream, as Postgres decides by the publication as of the
 * change, and a snapshot sees it only when they have ended: until then, snapshot and
 * stream don't add up to the table.
 * <p>
 * Whoever has written to a table holds a lock on it to the end. Those who hold one when a
 * publication is first seen are waited for, without exception if it was made while this
 * object looked. Otherwise, after a start, only those whose ids are older than the rows
 * of the catalog that publish the table, or were given out together with them: a
 * publication that is made in a transaction of its own takes moments. Ids have 32 bits; a
 * row that seems to be of the future is of the distant past. A slot that is made later
 * waits for all of them by itself.
 */
final class EarlierWriters {

	/**
	 * How many ids may be given out while a publication is being made.
	 */
	private static final int MEANWHILE = 256;

	private static final int LOOKS = 40;

	private static final String PAUSE = "SELECT pg_sleep(0.05)";

	private static final String PUBLISHED = """
			SELECT m.root::int8, string_agg(DISTINCT e.oid || '/' || e.version::text, ',') AS entries,
				min(age(e.version)) FILTER (WHERE age(e.version) >= 0
					AND EXISTS (SELECT 1 FROM pg_replication_slots WHERE slot_name = ?)) AS age
			FROM unnest(?::oid[], ?::oid[]) AS m (root, member)
				JOIN pg_class c ON c.oid = m.member JOIN pg_publication p ON p.pubname = ?
				CROSS JOIN LATERAL (
					SELECT p.oid, p.xmin AS version
					UNION ALL
					SELECT r.oid, r.xmin FROM pg_publication_rel r WHERE r.prpubid = p.oid AND r.prrelid = c.oid
					UNION ALL
					SELECT n.oid, n.xmin FROM pg_publication_namespace n
					WHERE n.pnpubid = p.oid AND n.pnnspid = c.relnamespace) AS e
			GROUP BY m.root
			""";

	private static final String WRITERS = """
			WITH locks AS MATERIALIZED (SELECT * FROM pg_locks WHERE granted),
				ids AS (SELECT virtualtransaction, max(age(transactionid)) AS age,
						(array_agg(transactionid ORDER BY age(transactionid) DESC))[1] AS xid
					FROM locks WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' GROUP BY virtualtransaction)
			SELECT DISTINCT m.root::int8, i.xid::text, i.age, l.pid, p.gid, coalesce(a.usename, p.owner) AS user,
				a.application_name, coalesce(a.datname, p.database) AS database,
				coalesce(a.xact_start, p.prepared) AS since
			FROM unnest(?::oid[], ?::oid[]) AS m (root, member)
				JOIN locks l ON l.locktype = 'relation' AND l.relation = m.member
					AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
					AND l.mode IN ('RowExclusiveLock', 'AccessExclusiveLock')
				JOIN ids i USING (virtualtransaction)
				LEFT JOIN pg_stat_activity a ON a.pid = l.pid
				LEFT JOIN pg_prepared_xacts p ON p.transaction = i.xid
			ORDER BY 1, i.age DESC
			""";

	private final Map<Long, Awaited> awaited = new HashMap<>();

	private boolean looked;

	/**
	 * Finds out for which transactions a table has to wait. For one that was published
	 * since the last look they are given two seconds to end.
	 * @param context where to look
	 * @param relations the tables
	 * @param added those of them that we have just published
	 * @return the transactions by the oid of the table; tables that wait for none are
	 * left out
	 */
	Map<Long, List<BlockingTransaction>> look(CheckContext context, Collection<Relation> relations,
			Set<TableName> added) throws SQLException {
		Map<Long, List<Writer>> waiting = see(context, relations, added);
		boolean news = waiting.keySet().stream().anyMatch((root) -> find(root).isNew);
		for (int i = 0; i < LOOKS && news && !waiting.isEmpty(); i++) {
			pause(context.connection());
			waiting = see(context, relations, added);
		}
		this.awaited.values().forEach((each) -> each.isNew = false);
		return waiting.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(entry) -> entry.getValue().stream().map(Writer::transaction).toList()));
	}

	private Map<Long, List<Writer>> see(CheckContext context, Collection<Relation> relations, Set<TableName> added)
			throws SQLException {
		Map<Long, Published> published = published(context, relations);
		Map<Long, List<Writer>> writers = writers(context.connection(), relations);
		Map<Long, List<Writer>> waiting = new HashMap<>();
		for (Relation relation : relations) {
			Published now = published.getOrDefault(relation.oid(), Published.NOWHERE);
			List<Writer> open = writers.getOrDefault(relation.oid(), List.of());
			boolean watched = this.looked || added.contains(relation.name());
			List<Writer> earlier = awaited(relation.oid(), now, open, watched).stillAmong(open);
			if (!earlier.isEmpty()) {
				waiting.put(relation.oid(), earlier);
			}
		}
		this.looked = true;
		return waiting;
	}

	private Awaited awaited(long root, Published now, List<Writer> open, boolean watched) {
		Awaited known = this.awaited.get(root);
		if (known != null && known.entries.equals(now.entries())) {
			return known;
		}
		Set<String> ids = open.stream()
			.filter((writer) -> now.age() >= 0 && (watched || writer.age() > now.age() - MEANWHILE))
			.map(Writer::xid)
			.collect(Collectors.toSet());
		Awaited seen = new Awaited(now.entries(), ids);
		this.awaited.put(root, seen);
		return seen;
	}

	private Awaited find(long root) {
		return this.awaited.getOrDefault(root, new Awaited("", Set.of()));
	}

	private static void pause(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(PAUSE);
		}
	}

	private static Map<Long, Published> published(CheckContext context, Collection<Relation> relations)
			throws SQLException {
		Map<Long, Published> published = new HashMap<>();
		try (PreparedStatement statement = context.connection().prepareStatement(PUBLISHED)) {
			statement.setString(1, context.requirements().slot());
			members(statement, 2, relations);
			statement.setString(4, context.requirements().publication());
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					Integer age = row.getObject("age", Integer.class);
					published.put(row.getLong("root"),
							new Published(row.getString("entries"), (age != null) ? age : -1));
				}
			}
		}
		return published;
	}

	private static Map<Long, List<Writer>> writers(Connection connection, Collection<Relation> relations)
			throws SQLException {
		Map<Long, List<Writer>> writers = new HashMap<>();
		try (PreparedStatement statement = connection.prepareStatement(WRITERS)) {
			members(statement, 1, relations);
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					writers.computeIfAbsent(row.getLong("root"), (root) -> new ArrayList<>())
						.add(new Writer(row.getString("xid"), row.getInt("age"), BlockingTransaction.from(row)));
				}
			}
		}
		return writers;
	}

	private static void members(PreparedStatement statement, int first, Collection<Relation> relations)
			throws SQLException {
		List<Long> roots = new ArrayList<>();
		List<Long> members = new ArrayList<>();
		relations.forEach((relation) -> relation.members().forEach((member) -> {
			roots.add(relation.oid());
			members.add(member.oid());
		}));
		Connection connection = statement.getConnection();
		statement.setArray(first, RelationReader.oids(connection, roots.toArray(Long[]::new)));
		statement.setArray(first + 1, RelationReader.oids(connection, members.toArray(Long[]::new)));
	}

	/**
	 * By which rows of the catalog a table is published, and how many transactions ago
	 * the youngest of them was written; negative if in the distant past, or if there is
	 * no slot.
	 */
	private record Published(String entries, int age) {

		static final Published NOWHERE = new Published("", -1);

	}

	/**
	 * A transaction that writes to a table.
	 */
	private record Writer(String xid, int age, BlockingTransaction transaction) {

	}

	/**
	 * The transactions that have to end before a table can be served, by their ids.
	 */
	private static final class Awaited {

		private final String entries;

		private final Set<String> ids;

		private boolean isNew = true;

		Awaited(String entries, Set<String> ids) {
			this.entries = entries;
			this.ids = new HashSet<>(ids);
		}

		List<Writer> stillAmong(List<Writer> open) {
			this.ids.retainAll(open.stream().map(Writer::xid).collect(Collectors.toSet()));
			return open.stream().filter((writer) -> this.ids.contains(writer.xid())).toList();
		}

	}

}
