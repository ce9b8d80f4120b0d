package io.kalam.operations;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.event.EventTable;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.partition.StreamDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Streams of who is where.
 */
final class PresenceStream {

	private PresenceStream() {
	}

	static RealtimeTableDefinition of(String name, Duration ttl) {
		Table table = EventTable.of(Presence.class, new TableName("public", name), List.of("place"), null, "user_id");
		return new RealtimeTableDefinition(new RequiredTable(new TableReference(null, name), null, "a test"),
				RealtimeTableType.STREAM, Set.of(), null,
				new StreamDefinition(table, ttl, 1000, table.column("user_id")));
	}

	private record Presence(String place, String userId, @Nullable String mood) {
	}

}
