package io.kalam.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether the publication publishes what we need of any table, or can be made to do so. A
 * publication that we have not created is never changed.
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
		if (state == null && context.creates()) {
			createPrivilege(context, context.connection());
		}
		else if (state == null) {
			context.find("There is no publication " + name(context) + ".",
					PublicationStatements.create(context.requirements().publication(), names(), this.version) + ";");
		}
		else if (!context.creates() || !state.ours()) {
			difference(context, state);
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
	}

	private List<TableName> names() {
		return this.relations.stream().map(Relation::name).collect(Collectors.toList());
	}

	private static String name(CheckContext context) {
		return Identifiers.sql(context.requirements().publication());
	}

}
