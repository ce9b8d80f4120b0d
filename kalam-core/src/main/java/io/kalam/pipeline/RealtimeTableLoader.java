package io.kalam.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.kalam.catalog.CheckedDatabase;
import io.kalam.catalog.CheckedTable;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.Finding;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.StartupCheckException;
import io.kalam.catalog.StartupChecks;
import io.kalam.catalog.StartupRequirements;
import io.kalam.catalog.TableLineage;
import io.kalam.catalog.TableName;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.StreamDefinition;
import io.kalam.subscription.LiveHub;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the checks and makes the realtime tables of what they find. May be used by any
 * thread.
 */
final class RealtimeTableLoader {

	private static final Logger logger = LoggerFactory.getLogger(RealtimeTableLoader.class);

	private final StartupChecks checks;

	private final Map<RequiredTable, RealtimeTableDefinition> definitions;

	private final RealtimeTables tables;

	private final LiveHub hub;

	private final Codecs codecs;

	private final List<LiveTable> streams;

	private volatile String finding = "";

	private volatile Set<TableName> unsettled = Set.of();

	RealtimeTableLoader(PipelineSettings settings, List<RealtimeTableDefinition> definitions, Codecs codecs,
			RealtimeTables tables, TableLineage lineage, LiveHub hub) {
		this.codecs = codecs;
		this.streams = definitions.stream()
			.map((definition) -> stream(definition, lineage))
			.filter(Objects::nonNull)
			.toList();
		this.definitions = definitions.stream()
			.filter((definition) -> definition.stream() == null)
			.collect(Collectors.toMap(RealtimeTableDefinition::table, Function.identity()));
		this.tables = tables;
		this.hub = hub;
		this.checks = new StartupChecks(settings.postgres(),
				new StartupRequirements(settings.slot(), settings.publication(), settings.manage(),
						settings.manageReplicaIdentity(), List.copyOf(this.definitions.keySet())),
				this::isKnown);
	}

	boolean isIdle() {
		return this.definitions.isEmpty() && this.streams.isEmpty();
	}

	boolean isInService(TableName table) {
		return this.tables.isInService(table);
	}

	/**
	 * What somebody has to mend, as of the last time at which the database was checked.
	 * @return what was found, empty if nothing was
	 */
	String finding() {
		return this.finding;
	}

	/**
	 * Checks the database and replaces the realtime tables. A table that is as it was
	 * keeps its row type. One that waits for the end of transactions that wrote to it
	 * before it was published is out of service until then.
	 * @return what was found
	 * @throws StartupCheckException if something has to be mended first
	 */
	synchronized CheckedDatabase load() {
		CheckedDatabase database = this.checks.run();
		List<Finding> findings = new ArrayList<>();
		List<LiveTable> loaded = fit(database, findings);
		if (!findings.isEmpty()) {
			throw new StartupCheckException(findings);
		}
		Map<TableName, LiveTable> before = known();
		this.unsettled = unsettled(database, findings);
		this.tables.replace(loaded, this.unsettled);
		resetReplaced(before);
		found(findings);
		return database;
	}

	/**
	 * Checks the database again. A table that is no longer as it has to be goes out of
	 * service until it is found mended; its subscriptions end. Those of a table whose
	 * changes may have been missed start again.
	 * @return what was found
	 * @throws StartupCheckException if something has to be mended first that is not about
	 * single tables
	 */
	synchronized CheckedDatabase reload() {
		try {
			CheckedDatabase database = this.checks.rerun();
			List<Finding> findings = new ArrayList<>(database.findings());
			List<LiveTable> fit = fit(database, findings);
			Set<TableName> before = this.unsettled;
			this.unsettled = unsettled(database, findings);
			replace(fit.stream().filter((table) -> !this.unsettled.contains(table.name())).toList());
			before.stream().filter(this::isInService).forEach(this.hub::reset);
			found(findings);
			return database;
		}
		catch (StartupCheckException ex) {
			found(ex.findings());
			throw ex;
		}
	}

	/**
	 * Checks the database again while changes are streamed, which goes on whatever is
	 * found. What could not be looked at is looked at the next time.
	 */
	void lookAgain() {
		try {
			reload();
		}
		catch (StartupCheckException ex) {
			logger.debug("Changes are streamed on although the checks would refuse a start", ex);
		}
		catch (DatabaseUnavailableException ex) {
			logger.info("The catalog is looked at again later: {}", ex.getMessage());
		}
	}

	/**
	 * Whether a table is going to be fit for service by itself.
	 */
	boolean isWaiting() {
		return !this.unsettled.isEmpty();
	}

	private static Set<TableName> unsettled(CheckedDatabase database, List<Finding> findings) {
		Set<TableName> unsettled = new HashSet<>();
		for (CheckedTable table : database.tables()) {
			Finding finding = table.unsettled();
			if (finding != null) {
				findings.add(finding);
				unsettled.add(table.table().name());
			}
		}
		return unsettled;
	}

	private Map<TableName, LiveTable> known() {
		return this.tables.all().stream().collect(Collectors.toMap(LiveTable::name, Function.identity()));
	}

	private void resetReplaced(Map<TableName, LiveTable> before) {
		for (LiveTable table : this.tables.all()) {
			LiveTable known = before.get(table.name());
			if (known != null && !known.lineage().equals(table.lineage())) {
				logger.warn("{} was replaced, or not published for a while; its clients read new snapshots",
						table.name());
				this.hub.reset(table.name());
			}
		}
	}

	private void replace(List<LiveTable> fit) {
		Map<TableName, LiveTable> before = known();
		Set<RealtimeTableDefinition> served = fit.stream().map(LiveTable::definition).collect(Collectors.toSet());
		List<LiveTable> unfit = this.tables.all()
			.stream()
			.filter((table) -> !served.contains(table.definition()))
			.toList();
		List<TableName> taken = unfit.stream().map(LiveTable::name).filter(this::isInService).toList();
		List<LiveTable> all = new ArrayList<>(unfit);
		all.addAll(fit);
		this.tables.replace(all, unfit.stream().map(LiveTable::name).collect(Collectors.toSet()));
		taken.forEach(this.hub::reset);
		resetReplaced(before);
	}

	private void found(List<Finding> findings) {
		String found = findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
		if (!found.isEmpty() && !found.equals(this.finding)) {
			logger.error("A realtime table is out of service: {}", found);
		}
		this.finding = found;
	}

	private List<LiveTable> fit(CheckedDatabase database, List<Finding> findings) {
		List<LiveTable> fit = new ArrayList<>(this.streams);
		for (CheckedTable table : database.tables()) {
			LiveTable live = live(table);
			Finding unfit = unfit(table, live);
			if (unfit == null) {
				fit.add(live);
			}
			else {
				findings.add(unfit);
			}
		}
		return fit;
	}

	private @Nullable LiveTable stream(RealtimeTableDefinition definition, TableLineage lineage) {
		StreamDefinition stream = definition.stream();
		if (stream == null) {
			return null;
		}
		String owner = definition.table().owner();
		return new LiveTable(definition, this.codecs.rowType(stream.table()),
				(owner != null) ? stream.table().column(owner) : null, lineage);
	}

	private LiveTable live(CheckedTable checked) {
		RealtimeTableDefinition definition = this.definitions.get(checked.required());
		if (definition == null) {
			throw new IllegalStateException("A table was checked that nobody asked for");
		}
		TableName name = checked.table().name();
		LiveTable known = this.tables.find(name);
		boolean same = known != null && known.rowType().table().equals(checked.table())
				&& known.rowType().choice().equals(checked.choice());
		RowType type = (known != null && same) ? known.rowType()
				: this.codecs.rowType(checked.table(), checked.choice());
		return new LiveTable(definition, type, checked.owner(), checked.lineage());
	}

	private @Nullable Finding unfit(CheckedTable table, LiveTable live) {
		Finding finding = nameCheck(table, live);
		if (finding == null) {
			finding = ownerCheck(table, live);
		}
		return (finding != null) ? finding : TenantCheck.check(table, live);
	}

	private @Nullable Finding nameCheck(CheckedTable table, LiveTable live) {
		for (LiveTable stream : this.streams) {
			if (stream.name().equals(live.name())) {
				return new Finding(
						"Table " + live.name() + " (" + table.required().origin() + ") and the stream "
								+ stream.definition().table().origin() + " have one name.",
						"Give the stream another: @RealtimeTable(type = STREAM, table = \"…\").");
			}
		}
		return null;
	}

	private static @Nullable Finding ownerCheck(CheckedTable table, LiveTable live) {
		Column owner = live.owner();
		if (owner == null || live.rowType().codec(owner).identifying()) {
			return null;
		}
		return new Finding("The owner column " + owner.name() + " of " + live.name() + " (" + table.required().origin()
				+ ") is of type " + owner.type().name() + ", whose equal values can be written in several ways.",
				"Use a column of type text, varchar, uuid, smallint, integer or bigint as the owner.");
	}

	private boolean isKnown(ColumnType type) {
		return this.codecs.find(new Column("", 0, type, true, false, null)) != null;
	}

}
