package io.kalam.partition;

import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.catalog.RequiredTable;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the application says about one of its realtime tables.
 *
 * @param table the table, and its owner column if it is no shared one
 * @param type who owns its rows
 * @param authorities who may read a shared table; empty for everybody who is
 * authenticated
 * @param tenant the tenant column, looked up as the owner's is; {@code null} if there are
 * no tenants
 * @param stream what its events are, {@code null} if and only if it is a table of the
 * database
 */
public record RealtimeTableDefinition(RequiredTable table, RealtimeTableType type, Set<String> authorities,
		@Nullable String tenant, @Nullable StreamDefinition stream) {

	public RealtimeTableDefinition {
		authorities = Set.copyOf(authorities);
		Assert.isTrue((stream != null) == (type == RealtimeTableType.STREAM), "a stream, and no table, has events");
	}

	/**
	 * A table of the database.
	 * @param table the table, and its owner column if it is no shared one
	 * @param type who owns its rows
	 * @param authorities who may read a shared table
	 * @param tenant the tenant column, {@code null} if there are no tenants
	 */
	public RealtimeTableDefinition(RequiredTable table, RealtimeTableType type, Set<String> authorities,
			@Nullable String tenant) {
		this(table, type, authorities, tenant, null);
	}

	/**
	 * A table without tenants.
	 * @param table the table, and its owner column if it is no shared one
	 * @param type who owns its rows
	 * @param authorities who may read a shared table
	 */
	public RealtimeTableDefinition(RequiredTable table, RealtimeTableType type, Set<String> authorities) {
		this(table, type, authorities, null);
	}

}
