package io.kalam.partition;

import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.catalog.TableName;
import org.jspecify.annotations.Nullable;

/**
 * What the application says about one of its realtime tables.
 *
 * @param table the table
 * @param type who owns its rows
 * @param owner the owner column, {@code null} if and only if the table is shared
 * @param authorities who may read a shared table; empty for everybody who is
 * authenticated
 * @param origin where this was said, for messages: the name of the annotated class
 */
public record RealtimeTableDefinition(TableName table, RealtimeTableType type, @Nullable String owner,
		Set<String> authorities, String origin) {

	public RealtimeTableDefinition {
		authorities = Set.copyOf(authorities);
	}

}
