package io.kalam.partition;

import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.catalog.RequiredTable;

/**
 * What the application says about one of its realtime tables.
 *
 * @param table the table, and its owner column if it is no shared one
 * @param type who owns its rows
 * @param authorities who may read a shared table; empty for everybody who is
 * authenticated
 */
public record RealtimeTableDefinition(RequiredTable table, RealtimeTableType type, Set<String> authorities) {

	public RealtimeTableDefinition {
		authorities = Set.copyOf(authorities);
	}

}
