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
	 * @return what was found; all tables are fit
	 * @throws StartupCheckException if something has to be mended first
	 * @throws DatabaseUnavailableException if it may work later
	 */
	public CheckedDatabase run() {
		return run(false);
	}

	/**
	 * Runs all checks again. A table that is no longer fit is left out and left alone; it
	 * stays in the publication if it is there.
	 * @return what was found
	 * @throws StartupCheckException if something has to be mended first that is not about
	 * single tables
	 * @throws DatabaseUnavailableException if it may work later
	 */
	public CheckedDatabase rerun() {
		return run(true);
	}

	private CheckedDatabase run(boolean lenient) {
		try (Connection connection = connect()) {
			return run(connection, lenient);
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

	private CheckedDatabase run(Connection connection, boolean lenient) throws SQLException {
		CheckContext context = new CheckContext(this.settings, this.requirements, connection, role(connection));
		new ServerCheck(OLDEST).run(context);
		ServerState server = ServerState.read(connection);
		List<ResolvedTable> all = resolve(connection);
		new ReplicationCheck().run(context);
		new SchemaCheck().run(context);
		CheckContext ofTables = lenient ? new CheckContext(context) : context;
		List<ResolvedTable> fit = fit(all, ofTables);
		List<ResolvedTable> tables = lenient ? fit : all;
		List<Relation> relations = relations(tables);
		for (Check check : List.of(new DuplicateCheck(all), new PublicationCheck(relations, server.version()),
				new SlotCheck())) {
			check.run(context);
		}
		context.throwFindings();
		make(context, relations, relations(all), server);
		return checked(context, tables, ofTables.findings());
	}

	private List<ResolvedTable> fit(List<ResolvedTable> tables, CheckContext context) throws SQLException {
		List<ResolvedTable> fit = new ArrayList<>();
		for (ResolvedTable table : tables) {
			int before = context.findings().size();
			new TableCheck(table, this.refusal).run(context);
			if (context.findings().size() == before) {
				fit.add(table);
			}
		}
		return fit;
	}

	private static List<Relation> relations(List<ResolvedTable> tables) {
		return tables.stream()
			.map(ResolvedTable::relation)
			.filter(Objects::nonNull)
			.filter((relation) -> relation.kind().isTable() && !relation.partition())
			.distinct()
			.toList();
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

	private void make(CheckContext context, List<Relation> relations, List<Relation> kept, ServerState server)
			throws SQLException {
		ManagedObjects managed = new ManagedObjects(context, server.version());
		if (this.requirements.manageReplicaIdentity()) {
			managed.identities(relations);
		}
		if (context.creates()) {
			managed.create(relations, kept);
		}
	}

	private CheckedDatabase checked(CheckContext context, List<ResolvedTable> tables, List<Finding> findings)
			throws SQLException {
		Map<Long, TableLineage> lineages = new LineageReader(context.connection()).read(this.requirements.publication(),
				relations(tables));
		List<CheckedTable> checked = new ArrayList<>();
		for (ResolvedTable table : tables) {
			Relation relation = Objects.requireNonNull(table.relation());
			TableLineage lineage = lineages.get(relation.oid());
			if (lineage != null) {
				checked.add(new CheckedTable(table.required(), relation.table(), table.owner(), lineage));
			}
		}
		try (PreparedStatement statement = context.connection().prepareStatement(PUBLICATION)) {
			statement.setString(1, this.requirements.slot());
			statement.setString(2, this.requirements.publication());
			try (ResultSet row = statement.executeQuery()) {
				if (!row.next()) {
					throw new DatabaseUnavailableException("Somebody has just dropped the publication", null);
				}
				return new CheckedDatabase(checked, row.getLong("oid"), row.getBoolean("predates"), findings);
			}
		}
	}

}
