package io.kalam.partition;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;

/**
 * The realtime tables as they are now. Replaced as a whole when the catalog was read
 * again; readers see the old set or the new one.
 * <p>
 * A table that is no longer as it has to be is out of service: nobody may subscribe to
 * it, while its changes are followed with what was known of it last, so that its journal
 * has no gap when it comes back.
 * <p>
 * As long as the columns of a table stay as they are, so does its row type: the rows that
 * are captured and the queries that are made for it share one.
 */
public final class RealtimeTables {

	private volatile Map<TableName, LiveTable> tables = Map.of();

	private volatile Set<TableName> outOfService = Set.of();

	private volatile Map<TableName, RowType> rowTypes = Map.of();

	private volatile boolean known;

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Tells of every time that the tables, or what their rows consist of, were found to
	 * be others, the first time included, when they have been replaced.
	 * @param listener is run by the thread that has read the catalog; must not wait
	 */
	public void listen(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * Replaces the tables.
	 * @param tables all realtime tables; all of them are in service
	 */
	public void replace(Collection<LiveTable> tables) {
		replace(tables, Set.of());
	}

	/**
	 * Replaces the tables.
	 * @param tables all realtime tables
	 * @param outOfService those of them that are out of service
	 */
	public void replace(Collection<LiveTable> tables, Set<TableName> outOfService) {
		Map<TableName, LiveTable> byName = new TreeMap<>();
		Map<TableName, RowType> types = new TreeMap<>();
		boolean changed = !this.known || tables.size() != this.rowTypes.size();
		for (LiveTable table : tables) {
			RowType known = this.rowTypes.get(table.name());
			boolean same = known != null && isSame(known, table.rowType());
			RowType type = (known != null && same) ? known : table.rowType();
			byName.put(table.name(), new LiveTable(table.definition(), type, table.owner(), table.lineage()));
			types.put(table.name(), type);
			changed |= !same;
		}
		this.outOfService = Set.copyOf(outOfService);
		this.tables = byName;
		if (changed) {
			this.rowTypes = types;
		}
		this.known = true;
		if (changed) {
			this.listeners.forEach(Runnable::run);
		}
	}

	private static boolean isSame(RowType known, RowType found) {
		return known.equals(found) && known.choice().equals(found.choice());
	}

	/**
	 * Whether it is known which tables there are.
	 * @return false before the first time that they were replaced
	 */
	public boolean isKnown() {
		return this.known;
	}

	/**
	 * Finds a table.
	 * @param name its name
	 * @return the table, or {@code null} if no such table is realtime
	 */
	public @Nullable LiveTable find(TableName name) {
		return this.tables.get(name);
	}

	/**
	 * Whether a table may be subscribed to.
	 * @param name its name
	 * @return whether it is realtime and in service
	 */
	public boolean isInService(TableName name) {
		return this.tables.containsKey(name) && !this.outOfService.contains(name);
	}

	/**
	 * Finds a table as a query names it.
	 * @param schema the schema, or {@code null} if the query names none
	 * @param name the table's name, as the catalog spells it
	 * @return the table; where no schema was named, the one in {@code public} before
	 * others; {@code null} if there is none, or several that are equally good
	 */
	public @Nullable LiveTable resolve(@Nullable String schema, String name) {
		if (schema != null) {
			return find(new TableName(schema, name));
		}
		LiveTable inPublic = find(new TableName("public", name));
		if (inPublic != null) {
			return inPublic;
		}
		List<LiveTable> named = this.tables.values()
			.stream()
			.filter((table) -> table.name().name().equals(name))
			.toList();
		return (named.size() == 1) ? named.get(0) : null;
	}

	/**
	 * What the rows of the tables consist of.
	 * @return the row types; the same map as long as they are the same
	 */
	public Map<TableName, RowType> rowTypes() {
		return this.rowTypes;
	}

	/**
	 * Whether a table had a column that is hidden by now.
	 * @param earlier the table as it was
	 * @return whether it is realtime and its rows of then hold what may not be known
	 */
	public boolean hidesSomeOf(Table earlier) {
		LiveTable table = this.tables.get(earlier.name());
		return table != null
				&& earlier.columns().stream().anyMatch((column) -> !table.rowType().choice().admits(column.name()));
	}

	/**
	 * All tables.
	 * @return the tables in the order of their names
	 */
	public List<LiveTable> all() {
		return List.copyOf(this.tables.values());
	}

}
