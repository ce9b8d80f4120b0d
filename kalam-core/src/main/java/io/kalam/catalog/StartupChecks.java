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
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the database is fit for realtime tables and, as far as we may, makes
 * it so. Changes nothing unless everything else is in order. To be run when migrations
 * have made the tables, before slot and identity are looked at: the publication has to
 * exist before the slot. Blocks, for ten seconds or so at the worst.
 */
public final class StartupChecks {

	static final String UNDEFINED_TABLE = "42P01";

	private static final int OLDEST = 15;

	private static final int ATTEMPTS = 5;

	/**
	 * A table or column that is gone, a row of the catalog that is gone or was changed by
	 * somebody else.
	 */
	private static final Set<String> OVERTAKEN = Set.of(UNDEFINED_TABLE, "42703", "42704", "XX000");

	private static final String PUBLICATION = """
			SELECT p.oid::int8, coalesce(age(p.xmin) <= age(s.catalog_xmin), false) AS predates
			FROM pg_publication p LEFT JOIN pg_replication_slots s ON s.slot_name = ?
			WHERE p.pubname = ?
			""";

	private final PostgresSettings settings;

	private final StartupRequirements requirements;

	private final Predicate<ColumnType> known;

	private final EarlierWriters writers = new EarlierWriters();

	/**
	 * Checks of a database.
	 * @param settings the database
	 * @param requirements what it has to have
	 * @param known whether it is known how the values of a type look
	 */
	public StartupChecks(PostgresSettings settings, StartupRequirements requirements, Predicate<ColumnType> known) {
		this.settings = settings;
		this.requirements = requirements;
		this.known = known;
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
		SQLException overtaken = new SQLException();
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			try {
				return attempt(lenient);
			}
			catch (SQLException ex) {
				if (!OVERTAKEN.contains(String.valueOf(ex.getSQLState()))) {
					throw PostgresFailures.working(ex, this.settings);
				}
				overtaken = ex;
			}
		}
		throw new DatabaseUnavailableException("The catalog could not be read in one piece: " + overtaken.getMessage(),
				overtaken);
	}

	private CheckedDatabase attempt(boolean lenient) throws SQLException {
		try (Connection connection = connect()) {
			return run(connection, lenient);
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
		new SessionCheck().run(context);
		new ServerCheck(OLDEST).run(context);
		ServerState server = ServerState.read(connection);
		new ReplicationCheck().run(context);
		new SchemaCheck().run(context);
		if (!lenient) {
			new EnumCheck().run(context);
		}
		Tables tables = CatalogMoment.read(connection, () -> tables(context, server, lenient));
		context.throwFindings();
		Set<TableName> added = make(context, relations(tables.fit), relations(tables.all), server);
		return checked(context, server, tables, this.writers.look(context, relations(tables.fit), added));
	}

	private Tables tables(CheckContext context, ServerState server, boolean lenient) throws SQLException {
		List<ResolvedTable> all = resolve(context.connection());
		CheckContext ofTables = lenient ? new CheckContext(context) : context;
		List<ResolvedTable> fit = fit(all, ofTables, (table) -> new TableCheck(table, this.known));
		List<ResolvedTable> wanted = lenient ? fit : all;
		new DuplicateCheck(all).run(context);
		new PublicationCheck(relations(wanted), server.version()).run(context);
		if (lenient) {
			wanted = fit(fit, ofTables,
					(table) -> new PublishedTablesCheck(relations(List.of(table)), server.version()));
		}
		else {
			new PublishedTablesCheck(relations(wanted), server.version()).run(context);
		}
		new SlotCheck().run(context);
		return new Tables(all, wanted, ofTables.findings());
	}

	private static List<ResolvedTable> fit(List<ResolvedTable> tables, CheckContext context,
			Function<ResolvedTable, Check> check) throws SQLException {
		List<ResolvedTable> fit = new ArrayList<>();
		for (ResolvedTable table : tables) {
			int before = context.findings().size();
			check.apply(table).run(context);
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

	private Set<TableName> make(CheckContext context, List<Relation> relations, List<Relation> kept, ServerState server)
			throws SQLException {
		ManagedObjects managed = new ManagedObjects(context, server.version());
		if (this.requirements.manageReplicaIdentity()) {
			managed.identities(relations);
		}
		return context.creates() ? managed.create(relations, kept) : Set.of();
	}

	private CheckedDatabase checked(CheckContext context, ServerState server, Tables tables,
			Map<Long, List<BlockingTransaction>> writers) throws SQLException {
		Map<Long, TableLineage> lineages = new LineageReader(context.connection()).read(this.requirements.publication(),
				relations(tables.fit));
		List<CheckedTable> checked = new ArrayList<>();
		for (ResolvedTable table : tables.fit) {
			Relation relation = Objects.requireNonNull(table.relation());
			TableLineage lineage = lineages.get(relation.oid());
			if (lineage != null) {
				checked.add(new CheckedTable(table.required(), relation.table(), table.choice(), table.owner(), lineage,
						unsettled(relation, writers.getOrDefault(relation.oid(), List.of()))));
			}
		}
		try (PreparedStatement statement = context.connection().prepareStatement(PUBLICATION)) {
			statement.setString(1, this.requirements.slot());
			statement.setString(2, this.requirements.publication());
			try (ResultSet row = statement.executeQuery()) {
				if (!row.next()) {
					throw new DatabaseUnavailableException("Somebody has just dropped the publication", null);
				}
				return new CheckedDatabase(server, checked, row.getLong("oid"), row.getBoolean("predates"),
						tables.findings);
			}
		}
	}

	private @Nullable Finding unsettled(Relation relation, List<BlockingTransaction> writers) {
		if (writers.isEmpty()) {
			return null;
		}
		String named = writers.stream().map(BlockingTransaction::toString).collect(Collectors.joining(", "));
		String remedies = writers.stream().map(BlockingTransaction::remedy).collect(Collectors.joining(" "));
		return new Finding("Transactions had written to table " + Identifiers.sql(relation.name())
				+ " before it was added to publication " + Identifiers.sql(this.requirements.publication())
				+ ", and not all of what they write will be in the stream. It is served when they have ended: " + named
				+ ".", "Wait, or end them: " + remedies);
	}

	/**
	 * The tables that are wanted, those of them that are fit, and why others are not.
	 */
	private record Tables(List<ResolvedTable> all, List<ResolvedTable> fit, List<Finding> findings) {

	}

}
