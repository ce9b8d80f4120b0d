package io.kalam.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Whether the publication has what we need, or can be made to have it. A publication that
 * we have not created is never changed.
 */
final class PublicationCheck implements Check {

	private static final String PRIVILEGE = """
			SELECT has_database_privilege(current_database(), 'CREATE'), quote_ident(current_database())
			""";

	private final List<Relation> relations;

	private final int version;

	PublicationCheck(List<Relation> relations, int version) {
		this.relations = relations;
		this.version = version;
	}

	@Override
	public void run(CheckContext context) throws SQLException {
		PublicationState state = PublicationState.read(context.connection(), context.requirements().publication());
		if (context.creates() && (state == null || state.ours())) {
			privileges(context, state);
		}
		else if (state == null) {
			context.find("There is no publication " + name(context) + ".",
					PublicationStatements.create(context.requirements().publication(), names(), this.version) + ";");
		}
		else {
			difference(context, state);
		}
	}

	private void privileges(CheckContext context, @Nullable PublicationState state) throws SQLException {
		if (state == null) {
			createPrivilege(context, context.connection());
		}
		for (Relation relation : this.relations) {
			boolean change = state == null || !state.suits(relation);
			if (change && !relation.access().owned()) {
				String owner = Identifiers.sql(relation.access().owner());
				context.find(
						"Role " + context.role() + " may not publish table " + Identifiers.sql(relation.name())
								+ ", whose owner is " + owner + ".",
						"GRANT " + owner + " TO " + context.role() + "; or let " + owner + " do it: "
								+ PublicationStatements.create(context.requirements().publication(), names(),
										this.version)
								+ ";");
			}
		}
	}

	private static void createPrivilege(CheckContext context, Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(PRIVILEGE)) {
			row.next();
			if (!row.getBoolean(1)) {
				context.find("Role " + context.role() + " may not create the publication " + name(context) + ".",
						"GRANT CREATE ON DATABASE " + row.getString(2) + " TO " + context.role() + ";");
			}
		}
	}

	private void difference(CheckContext context, PublicationState state) {
		String alter = "ALTER PUBLICATION " + name(context);
		if (!state.missingActions().isEmpty()) {
			context.find("Publication " + name(context) + " doesn't publish "
					+ String.join(", ", state.missingActions()) + ".",
					alter + " SET (publish = '" + PublicationStatements.ACTIONS + "');");
		}
		if (!state.viaRoot() && this.relations.stream().anyMatch(Relation::isPartitioned)) {
			context.find("Publication " + name(context) + " publishes changes of partitions under their own names.",
					alter + " SET (publish_via_partition_root = true);");
		}
		if (this.version >= PublicationStatements.PUBLISHES_GENERATED && !state.generated()) {
			generated(context, alter);
		}
		String missing = Identifiers
			.tables(this.relations.stream().filter((relation) -> !state.publishes(relation)).map(Relation::name));
		if (!missing.isEmpty()) {
			context.find("Publication " + name(context) + " doesn't publish " + missing + ".",
					alter + " ADD TABLE " + missing + ";");
		}
		this.relations.forEach((relation) -> restriction(context, state, relation));
	}

	private void generated(CheckContext context, String alter) {
		String tables = Identifiers.tables(this.relations.stream().filter(Relation::generated).map(Relation::name));
		if (!tables.isEmpty()) {
			context.find("Publication " + name(context) + " leaves out the generated columns of " + tables
					+ ", which together with REPLICA IDENTITY FULL makes Postgres refuse the application's updates.",
					alter + " SET (publish_generated_columns = stored);");
		}
	}

	private static void restriction(CheckContext context, PublicationState state, Relation relation) {
		String table = Identifiers.sql(relation.name());
		String alter = "ALTER PUBLICATION " + name(context);
		String remedy = alter + " DROP TABLE " + table + "; " + alter + " ADD TABLE " + table + ";";
		if (state.filters(relation)) {
			context.find("Publication " + name(context) + " has a row filter on " + table + ".", remedy);
		}
		if (state.lists(relation)) {
			context.find("Publication " + name(context) + " has a column list on " + table + ", which together with "
					+ "REPLICA IDENTITY FULL makes Postgres refuse the application's updates.", remedy);
		}
	}

	private List<TableName> names() {
		return this.relations.stream().map(Relation::name).collect(Collectors.toList());
	}

	private static String name(CheckContext context) {
		return Identifiers.sql(context.requirements().publication());
	}

}
