package io.kalam.catalog;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Whether the publication has tables as we need them, or can be made to have them so.
 */
final class PublishedTablesCheck implements Check {

	private final List<Relation> relations;

	private final int version;

	PublishedTablesCheck(List<Relation> relations, int version) {
		this.relations = relations;
		this.version = version;
	}

	@Override
	public void run(CheckContext context) throws SQLException {
		PublicationState state = PublicationState.read(context.connection(), context.requirements().publication());
		if (context.creates() && (state == null || state.ours())) {
			privileges(context, state);
		}
		else if (state != null) {
			difference(context, state);
		}
	}

	private void privileges(CheckContext context, @Nullable PublicationState state) {
		for (Relation relation : this.relations) {
			boolean change = state == null || !state.suits(relation);
			if (change && !relation.access().owned()) {
				String owner = Identifiers.sql(relation.access().owner());
				context.find(
						"Role " + context.role() + " may not publish table " + Identifiers.sql(relation.name())
								+ ", whose owner is " + owner + ".",
						"GRANT " + owner + " TO " + context.role() + ";"
								+ ((state != null) ? "" : create(context, owner)));
			}
		}
	}

	private String create(CheckContext context, String owner) {
		return " or let " + owner + " do it: "
				+ PublicationStatements.create(context.requirements().publication(), names(), this.version) + ";";
	}

	private void difference(CheckContext context, PublicationState state) {
		String alter = "ALTER PUBLICATION " + name(context);
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
