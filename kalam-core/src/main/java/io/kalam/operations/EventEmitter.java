package io.kalam.operations;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.kalam.catalog.Column;
import io.kalam.catalog.TableReference;
import io.kalam.change.Row;
import io.kalam.event.EventMessage;
import io.kalam.event.EventRows;
import io.kalam.event.InvalidEventException;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTables;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes rows of the application's events and has them written.
 */
final class EventEmitter {

	private final RealtimeTables tables;

	private final EntityMapping mapping;

	private final EventWriter writer;

	private final EventRows rows = new EventRows(Clock.systemUTC());

	private final Map<Class<?>, JsonMapper> mappers = new ConcurrentHashMap<>();

	EventEmitter(RealtimeTables tables, EntityMapping mapping, EventLog log) {
		this.tables = tables;
		this.mapping = mapping;
		this.writer = new EventWriter(log);
	}

	/**
	 * Tells an event, or that it ends.
	 */
	Mono<Void> write(Object event, boolean ends) {
		return Mono.defer(() -> {
			LiveTable stream = stream(event.getClass());
			if (ends && stream.rowType().table().key().stream().anyMatch(Column::generated)) {
				throw new InvalidEventException("Events of " + event.getClass().getName() + " have no key by which one "
						+ "could be taken back; name one: @RealtimeTable(key = …)");
			}
			Row row = this.rows.read(stream.rowType(), values(event, stream));
			return this.writer.write(stream, ends ? EventMessage.remove(row) : EventMessage.put(row));
		});
	}

	private LiveTable stream(Class<?> type) {
		TableReference reference = this.mapping.table(type);
		LiveTable table = (reference != null) ? this.tables.resolve(reference.schema(), reference.name()) : null;
		if (table == null || !table.isStream()) {
			throw new InvalidEventException((this.tables.isKnown()
					? type.getName() + " is no stream: annotate it with " + "@RealtimeTable(type = STREAM)"
					: "The streams are not known before the application has started"));
		}
		return table;
	}

	private JsonNode values(Object event, LiveTable stream) {
		try {
			return this.mappers.computeIfAbsent(event.getClass(), (type) -> mapper(type, stream)).valueToTree(event);
		}
		catch (JacksonException ex) {
			throw new InvalidEventException("An event of " + event.getClass().getName()
					+ " can't be written: one of its properties has no form in JSON");
		}
	}

	private JsonMapper mapper(Class<?> type, LiveTable stream) {
		Set<String> columns = stream.rowType().table().columns().stream().map(Column::name).collect(Collectors.toSet());
		return RowReaders.mapper(new ColumnNaming(this.mapping, type, columns));
	}

}
