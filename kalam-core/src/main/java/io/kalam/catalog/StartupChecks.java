package io.kalam.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the database is fit for realtime tables and, as far as we may, makes
 * it so. Changes nothing unless everything else is in order. To be run when migrations
 * have made the tables, before slot and identity are looked at: the publication has to
 * exist before the slot. Blocks, for ten seconds or so at the worst.
 */
public final class StartupChecks {

	private static final int OLDEST = 15;

	private static final String PUBLICATION = """
			SELECT p.oid::int8, coalesce(age(p.xmin) <= age(s.catalog_xmin), false) AS predates
			FROM pg_publication p LEFT JOIN pg_replication_slots s ON s.slot_name = ?
			WHERE p.pubname = ?
			""";

	private final PostgresSettings settings;

	private final StartupRequirements requirements;

	private final Function<ColumnType, @Nullable String> refusal;

	/**
	 * Checks of a database.
	 * @param settings the database
	 * @param requirements what it has to have
	 * @param refusal why a column of a type can't be in a realtime table, {@code null} if
	 * it can
	 */
	public StartupChecks(PostgresSettings settings, StartupRequirements requirements,
			Function<ColumnType, @Nullable String> refusal) {
		this.settings = settings;
		this.requirements = requirements;
		this.refusal = refusal;
	}

	/**
	 * Runs all checks.
	 * @return what was found
	 * @throws StartupCheckException if something has to be mended first
	 * @throws DatabaseUnavailableException if it may work later
	 */
	public CheckedDatabase run() {
		try (Connection connection = connect()) {
			return run(connection);
		}
		catch (SQLException ex) {
			throw PostgresFailures.working(ex, this.settings);
		}
	}

	private Connection connect() {
		try {
			return this.settings.connect();
		}
		catch (SQLException ex) {
			throw PostgresFailures.connecting(ex, this.settings);
		}
	}

	private CheckedDatabase run(Connection connection) throws SQLException {
		CheckContext context = new CheckContext(this.settings, this.requirements, connection, role(connection));
		new ServerCheck(OLDEST).run(context);
		ServerState server = ServerState.read(connection);
		List<ResolvedTable> tables = resolve(connection);
		List<Relation> relations = tables.stream()
			.map(ResolvedTable::relation)
			.filter(Objects::nonNull)
			.filter((relation) -> relation.kind().isTable() && !relation.partition())
			.distinct()
			.toList();
		for (Check check : checks(tables, relations, server)) {
			check.run(context);
		}
		context.throwFindings();
		return make(context, tables, relations, server);
	}

	private List<Check> checks(List<ResolvedTable> tables, List<Relation> relations, ServerState server) {
		List<Check> checks = new ArrayList<>(List.of(new ReplicationCheck(), new SchemaCheck()));
		tables.forEach((table) -> checks.add(new TableCheck(table, this.refusal)));
		checks.add(new PublicationCheck(relations, server.version()));
		checks.add(new SlotCheck());
		return checks;
	}

	private static String role(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT quote_ident(current_user)")) {
			row.next();
			return row.getString(1);
		}
	}

	private List<ResolvedTable> resolve(Connection connection) throws SQLException {
		CatalogReader reader = new CatalogReader(connection);
		Map<RequiredTable, TableName> names = new LinkedHashMap<>();
		for (RequiredTable required : this.requirements.tables()) {
			TableName name = reader.resolve(required.reference());
			if (name != null) {
				names.put(required, name);
			}
		}
		Map<TableName, Relation> relations = reader.relations(Set.copyOf(names.values()));
		return this.requirements.tables().stream().map((required) -> {
			TableName name = names.get(required);
			return ResolvedTable.of(required, (name != null) ? relations.get(name) : null);
		}).toList();
	}

	private CheckedDatabase make(CheckContext context, List<ResolvedTable> tables, List<Relation> relations,
			ServerState server) throws SQLException {
		ManagedObjects managed = new ManagedObjects(context, server.version());
		if (this.requirements.manageReplicaIdentity()) {
			managed.identities(relations);
		}
		Set<TableName> newly = context.creates() ? managed.create(relations) : Set.of();
		List<CheckedTable> checked = new ArrayList<>();
		for (ResolvedTable table : tables) {
			checked.add(new CheckedTable(table.required(), Objects.requireNonNull(table.relation()).table(),
					table.owner()));
		}
		try (PreparedStatement statement = context.connection().prepareStatement(PUBLICATION)) {
			statement.setString(1, this.requirements.slot());
			statement.setString(2, this.requirements.publication());
			try (ResultSet row = statement.executeQuery()) {
				if (!row.next()) {
					throw new DatabaseUnavailableException("Somebody has just dropped the publication", null);
				}
				return new CheckedDatabase(checked, row.getLong("oid"), row.getBoolean("predates"), newly);
			}
		}
	}

}
