package io.kalam.event;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.TableLineage;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.codec.Codecs;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.partition.StreamDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Streams of classes.
 */
public final class TestStreams {

	private TestStreams() {
	}

	/**
	 * A stream as an application defines it.
	 */
	public static RealtimeTableDefinition define(Class<?> type, String name, List<String> key, @Nullable String owner,
			Duration ttl, int maxRows) {
		StreamDefinition stream = new StreamDefinition(
				EventTable.of(type, new TableName("public", name), key, owner, null), ttl, maxRows, null);
		return new RealtimeTableDefinition(new RequiredTable(new TableReference(null, name), owner, type.getName()),
				RealtimeTableType.STREAM, Set.of(), null, stream);
	}

	/**
	 * The table that is made of it.
	 */
	public static LiveTable table(RealtimeTableDefinition definition) {
		StreamDefinition stream = definition.stream();
		if (stream == null) {
			throw new IllegalArgumentException("not a stream");
		}
		String owner = definition.table().owner();
		return new LiveTable(definition, new Codecs().rowType(stream.table()),
				(owner != null) ? stream.table().column(owner) : null, new TableLineage("a test"));
	}

}
