package io.kalam.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.kalam.catalog.Relation.Kind;
import io.kalam.catalog.Relation.Member;
import io.kalam.catalog.Relation.Persistence;
import io.kalam.catalog.Relation.PrimaryKey;

/**
 * Whether one table can be realtime.
 */
final class TableCheck implements Check {

	private static final String NAMESAKES = """
			SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE lower(c.relname) = lower(?) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
			ORDER BY n.nspname, c.relname LIMIT 5
			""";

	private final ResolvedTable resolved;

	private final Predicate<ColumnType> known;

	TableCheck(ResolvedTable resolved, Predicate<ColumnType> known) {
		this.resolved = resolved;
		this.known = known;
	}

	@Override
	public void run(CheckContext context) throws SQLException {
		Relation relation = this.resolved.relation();
		if (relation == null) {
			missing(context);
		}
		else if (!relation.kind().isTable()) {
			context.find(what(relation) + " is a " + relation.kind() + ": only a table's changes are in the log.",
					"Put @RealtimeTable on the class of the table behind it.");
		}
		else if (relation.partition()) {
			context.find(
					what(relation) + " is a partition; its changes are published under the partitioned table's name.",
					"Put @RealtimeTable on the class of the partitioned table.");
		}
		else {
			table(context, relation);
		}
	}

	private void table(CheckContext context, Relation relation) {
		heirs(context, relation);
		for (Member member : relation.members()) {
			member(context, relation, member);
		}
		key(context, relation);
		if (this.resolved.found() != null) {
			new ChoiceCheck(context, this.resolved, this.resolved.found()).run();
		}
		new ColumnCheck(context, this.resolved, this.known).run(relation);
		access(context, relation);
	}

	private String what(Relation relation) {
		return "Table " + Identifiers.sql(relation.name()) + " (" + this.resolved.required().origin() + ")";
	}

	private void missing(CheckContext context) throws SQLException {
		TableReference reference = this.resolved.required().reference();
		List<String> namesakes = new ArrayList<>();
		try (PreparedStatement statement = context.connection().prepareStatement(NAMESAKES)) {
			statement.setString(1, reference.name());
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					namesakes.add(Identifiers.sql(new TableName(row.getString("nspname"), row.getString("relname"))));
				}
			}
		}
		String remedy = namesakes.isEmpty() ? "Create the table, or correct its name."
				: "Name the schema as well; there is " + String.join(", ", namesakes) + ".";
		context.find("There is no table " + reference + " (" + this.resolved.required().origin() + ").", remedy);
	}

	private void heirs(CheckContext context, Relation relation) {
		for (TableName heir : relation.heirs()) {
			context.find(
					what(relation) + " has rows in " + Identifiers.sql(heir) + ", which inherits from it: their "
							+ "changes are not published under its name.",
					"ALTER TABLE " + Identifiers.sql(heir) + " NO INHERIT " + Identifiers.sql(relation.name())
							+ "; or make it a partition.");
		}
	}

	private void member(CheckContext context, Relation relation, Member member) {
		String name = Identifiers.sql(member.name());
		String what = member.name().equals(relation.name()) ? what(relation)
				: "Table " + name + ", a partition of " + Identifiers.sql(relation.name()) + ",";
		if (member.kind() == Kind.FOREIGN_TABLE) {
			context.find(what + " is a foreign table: its changes are not in this server's log.",
					"ALTER TABLE " + Identifiers.sql(relation.name()) + " DETACH PARTITION " + name + ";");
		}
		else if (member.persistence() == Persistence.UNLOGGED) {
			context.find(what + " is unlogged: its changes are not in the log.",
					"ALTER TABLE " + name + " SET LOGGED;");
		}
		else if (member.persistence() == Persistence.TEMPORARY) {
			context.find(what + " is temporary: its changes are not in the log.",
					"CREATE TABLE " + Identifiers.sql(member.name().name()) + " without TEMPORARY.");
		}
		else if (member.identity() != ReplicaIdentity.FULL) {
			identity(context, relation, member, what);
		}
	}

	private static void identity(CheckContext context, Relation relation, Member member, String what) {
		String remedy = "ALTER TABLE " + Identifiers.sql(member.name()) + " REPLICA IDENTITY FULL;";
		if (!context.requirements().manageReplicaIdentity()) {
			context.find(
					what + " has REPLICA IDENTITY " + member.identity()
							+ "; without the whole old row a change can't be brought to its owner.",
					remedy + " or kalam.postgres.replica-identity=manage");
		}
		else if (!relation.access().owned()) {
			context.find(
					what + " needs REPLICA IDENTITY FULL, and role " + context.role()
							+ " is not the owner, who alone may set it.",
					remedy + " (as " + relation.access().owner() + ")");
		}
	}

	private void key(CheckContext context, Relation relation) {
		PrimaryKey primary = relation.primaryKey();
		if (primary != null) {
			immediate(context, relation, primary);
			return;
		}
		String table = "ALTER TABLE " + Identifiers.sql(relation.name());
		List<String> candidate = relation.candidateKey();
		if (candidate.isEmpty() && relation.table().column("id") != null) {
			candidate = List.of("id");
		}
		String remedy = candidate.isEmpty()
				? table + " ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY, ADD PRIMARY KEY (id);"
				: table + " ADD PRIMARY KEY (" + Identifiers.sql(candidate) + ");";
		context.find(what(relation) + " has no primary key.", remedy);
	}

	/**
	 * Whoever is told of one change after the other has to be able to tell rows apart
	 * after each of them.
	 */
	private void immediate(CheckContext context, Relation relation, PrimaryKey primary) {
		if (primary.deferrable()) {
			List<String> columns = relation.table().key().stream().map(Column::name).toList();
			context.find(
					what(relation) + " has a deferrable primary key: two rows can have the same key in the middle of "
							+ "a transaction, and its changes would no longer say which of them is meant.",
					"ALTER TABLE " + Identifiers.sql(relation.name()) + " DROP CONSTRAINT "
							+ Identifiers.sql(primary.constraint()) + ", ADD PRIMARY KEY (" + Identifiers.sql(columns)
							+ ");");
		}
	}

	private void access(CheckContext context, Relation relation) {
		Relation.Access access = relation.access();
		String name = Identifiers.sql(relation.name());
		if (!access.schemaUsage()) {
			String schema = Identifiers.sql(relation.name().schema());
			context.find("Role " + context.role() + " may not use schema " + schema + ", in which " + name + " is.",
					"GRANT USAGE ON SCHEMA " + schema + " TO " + context.role() + ";");
		}
		if (!access.select()) {
			context.find("Role " + context.role() + " may not read table " + name + ".",
					"GRANT SELECT ON " + name + " TO " + context.role() + ";");
		}
		if (access.rowSecurity()) {
			context.find(
					what(relation) + " has row-level security, which hides rows from role " + context.role()
							+ " in a snapshot, but not in the change stream.",
					rowSecurityRemedy(context, access, name));
		}
	}

	private static String rowSecurityRemedy(CheckContext context, Relation.Access access, String name) {
		String bypass = "ALTER ROLE " + context.role() + " BYPASSRLS;";
		return (access.owned() && access.rowSecurityForced())
				? bypass + " or ALTER TABLE " + name + " NO FORCE ROW LEVEL SECURITY;" : bypass;
	}

}
