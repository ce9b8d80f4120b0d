package io.kalam.boot;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;
import io.kalam.catalog.Column;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.event.EventTable;
import io.kalam.event.InvalidEventException;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.partition.StreamDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.ReflectionUtils;

/**
 * A stream as its class describes it: nobody maps it, and no table of the database holds
 * its events.
 *
 * @param type the class of the events
 * @param table what the stream is called
 * @param annotation what the class says
 */
record StreamEntity(Class<?> type, TableReference table, RealtimeTable annotation) implements EntityNames.Entity {

	private static final Set<String> ID = Set.of("org.springframework.data.annotation.Id", "jakarta.persistence.Id");

	private static final Duration LONGEST = Duration.ofHours(1);

	@Override
	public String column(String property) {
		String column = valueColumn(property);
		return (column != null) ? column : property;
	}

	@Override
	public @Nullable String valueColumn(String property) {
		return (ReflectionUtils.findField(this.type, property) != null) ? EventTable.columnOf(property) : null;
	}

	/**
	 * Makes its definition.
	 * @return the definition
	 * @throws InvalidRealtimeTableException if the class can't be meant so
	 */
	RealtimeTableDefinition define() {
		check();
		String owner = this.annotation.owner().isEmpty() ? null : column(this.annotation.owner());
		String sender = this.annotation.sender().isEmpty() ? null : column(this.annotation.sender());
		Table described = describe(owner, sender);
		StreamDefinition stream = new StreamDefinition(described, ttl(), this.annotation.maxRows(),
				(sender != null) ? described.column(sender) : null);
		return new RealtimeTableDefinition(new RequiredTable(this.table, owner, this.type.getName()),
				RealtimeTableType.STREAM, Set.of(this.annotation.authorities()), tenant(stream.table()), stream);
	}

	private Table describe(@Nullable String owner, @Nullable String sender) {
		TableName name = new TableName((this.table.schema() != null) ? this.table.schema() : "public",
				this.table.name());
		try {
			return EventTable.of(this.type, name, key(), owner, sender);
		}
		catch (InvalidEventException ex) {
			throw refused("names a column that it does not have", ex.getMessage() + ".");
		}
	}

	private List<String> key() {
		if (this.annotation.key().length > 0) {
			return Arrays.stream(this.annotation.key()).map(this::column).toList();
		}
		return Arrays.stream(this.type.getDeclaredFields())
			.filter(StreamEntity::isId)
			.map((field) -> EventTable.columnOf(field.getName()))
			.toList();
	}

	private static boolean isId(Field field) {
		return Arrays.stream(field.getAnnotations())
			.anyMatch((annotation) -> ID.contains(annotation.annotationType().getName()));
	}

	private @Nullable String tenant(Table table) {
		if (this.annotation.tenant().isEmpty()) {
			return null;
		}
		Column column = table.column(column(this.annotation.tenant()));
		if (column == null) {
			throw refused("names the tenant '" + this.annotation.tenant() + "', which it has not",
					"Name one of its properties.");
		}
		return column.name();
	}

	private Duration ttl() {
		try {
			Duration ttl = DurationStyle.detectAndParse(this.annotation.ttl());
			if (ttl.toMillis() > 0 && ttl.compareTo(LONGEST) <= 0) {
				return ttl;
			}
		}
		catch (IllegalArgumentException ex) {
			throw refused("has the ttl '" + this.annotation.ttl() + "'", "Write it as 500ms, 10s or 5m.");
		}
		throw refused("has the ttl '" + this.annotation.ttl() + "'",
				"Choose one of a millisecond to an hour; store in a table what has to live longer.");
	}

	private void check() {
		if (!this.annotation.owner().isEmpty() && this.annotation.authorities().length > 0) {
			throw refused("has owners and names authorities", "Leave them out: everybody sees their own events.");
		}
		if (this.annotation.columns().length + this.annotation.exclude().length > 0) {
			throw refused("is a STREAM and names columns",
					"Leave out columns and exclude: an event has what its class has.");
		}
		if (this.annotation.maxRows() < 1) {
			throw refused("has no room for events", "Choose maxRows = 1 or more.");
		}
		if (this.table.schema() != null && this.table.schema().contains(".")) {
			throw refused("is in a schema whose name has a dot", "Choose another schema.");
		}
	}

	private InvalidRealtimeTableException refused(String problem, String action) {
		return new InvalidRealtimeTableException(this.type, problem, action);
	}

}
