package io.kalam.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.kalam.catalog.CheckedDatabase;
import io.kalam.catalog.CheckedTable;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Finding;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.StartupCheckException;
import io.kalam.catalog.StartupChecks;
import io.kalam.catalog.StartupRequirements;
import io.kalam.catalog.TableName;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.partition.RealtimeTables;
import org.jspecify.annotations.Nullable;

/**
 * Runs the start-up checks and makes the realtime tables of what they find. May be used
 * by any thread.
 */
final class RealtimeTableLoader {

	private final StartupChecks checks;

	private final Map<RequiredTable, RealtimeTableDefinition> definitions;

	private final RealtimeTables tables;

	private final Codecs codecs = new Codecs();

	RealtimeTableLoader(PipelineSettings settings, List<RealtimeTableDefinition> definitions, RealtimeTables tables) {
		this.definitions = definitions.stream()
			.collect(Collectors.toMap(RealtimeTableDefinition::table, Function.identity()));
		this.tables = tables;
		this.checks = new StartupChecks(settings.postgres(),
				new StartupRequirements(settings.slot(), settings.publication(), settings.manage(),
						settings.manageReplicaIdentity(),
						definitions.stream().map(RealtimeTableDefinition::table).toList()),
				this::refusal);
	}

	/**
	 * Checks the database and replaces the realtime tables. A table that is as it was
	 * keeps its row type.
	 * @return what was found
	 */
	synchronized CheckedDatabase load() {
		CheckedDatabase database = this.checks.run();
		List<LiveTable> loaded = new ArrayList<>();
		List<Finding> findings = new ArrayList<>();
		for (CheckedTable table : database.tables()) {
			LiveTable live = live(table);
			check(table, live, findings);
			loaded.add(live);
		}
		if (!findings.isEmpty()) {
			throw new StartupCheckException(findings);
		}
		this.tables.replace(loaded);
		return database;
	}

	private LiveTable live(CheckedTable checked) {
		RealtimeTableDefinition definition = this.definitions.get(checked.required());
		if (definition == null) {
			throw new IllegalStateException("A table was checked that nobody asked for");
		}
		TableName name = checked.table().name();
		LiveTable known = this.tables.find(name);
		RowType type = (known != null && known.rowType().table().equals(checked.table())) ? known.rowType()
				: this.codecs.rowType(checked.table());
		return new LiveTable(definition, type, checked.owner());
	}

	private static void check(CheckedTable table, LiveTable live, List<Finding> findings) {
		Column owner = live.owner();
		if (owner != null && !live.rowType().codec(owner).identifying()) {
			findings.add(new Finding(
					"The owner column " + owner.name() + " of " + live.name() + " (" + table.required().origin()
							+ ") is of type " + owner.type().name()
							+ ", whose equal values can be written in several ways.",
					"Use a column of type text, varchar, uuid, smallint, integer or bigint as the owner."));
		}
	}

	private @Nullable String refusal(ColumnType type) {
		boolean known = this.codecs.find(new Column("", 0, type, true, false, null)) != null;
		return known ? null : "there is no codec for it yet";
	}

}
