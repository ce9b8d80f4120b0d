package io.kalam.partition;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kalam.catalog.TableName;
import org.jspecify.annotations.Nullable;

/**
 * The realtime tables as they are now. Replaced as a whole when the catalog was read
 * again; readers see the old set or the new one.
 */
public final class RealtimeTables {

	private volatile Map<TableName, LiveTable> tables = Map.of();

	/**
	 * Replaces the tables.
	 * @param tables all realtime tables
	 */
	public void replace(Collection<LiveTable> tables) {
		Map<TableName, LiveTable> map = new TreeMap<>();
		tables.forEach((table) -> map.put(table.name(), table));
		this.tables = map;
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
	 * All tables.
	 * @return the tables in the order of their names
	 */
	public List<LiveTable> all() {
		return List.copyOf(this.tables.values());
	}

}
