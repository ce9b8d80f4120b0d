package io.kalam.boot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kalam.RealtimeTable;
import io.kalam.RealtimeTableType;
import io.kalam.catalog.ColumnChoice;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.event.EventTable;
import io.kalam.partition.RealtimeTableDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringUtils;

/**
 * Makes definitions of annotated types. The names of tables and columns come from whoever
 * maps the type, so that naming strategies hold.
 */
final class RealtimeTableScanner {

	private final List<EntityNames> names;

	RealtimeTableScanner(List<EntityNames> names) {
		this.names = names;
	}

	List<RealtimeTableDefinition> define(Collection<Class<?>> types) {
		List<RealtimeTableDefinition> definitions = new ArrayList<>();
		Map<TableName, Class<?>> streams = new HashMap<>();
		for (Class<?> type : types.stream().sorted(Comparator.comparing(Class::getName)).toList()) {
			RealtimeTableDefinition definition = define(type);
			Class<?> same = (definition.stream() != null) ? streams.put(definition.stream().table().name(), type)
					: null;
			if (same != null) {
				throw new InvalidRealtimeTableException(type, "is a stream of the same name as " + same.getName(),
						"Name it: @RealtimeTable(type = STREAM, table = \"…\").");
			}
			definitions.add(definition);
		}
		return definitions;
	}

	private RealtimeTableDefinition define(Class<?> type) {
		RealtimeTable annotation = AnnotatedElementUtils.findMergedAnnotation(type, RealtimeTable.class);
		if (annotation == null) {
			throw new IllegalArgumentException(type.getName() + " is not annotated with @RealtimeTable");
		}
		if (annotation.type() == RealtimeTableType.STREAM) {
			return stream(type, annotation).define();
		}
		check(type, annotation);
		EntityNames.Entity entity = entity(type);
		String tenant = annotation.tenant().isEmpty() ? null : entity.column(annotation.tenant());
		String owner = annotation.owner().isEmpty() ? null : entity.column(annotation.owner());
		RequiredTable table = new RequiredTable(entity.table(), owner, type.getName(), choice(annotation, entity));
		return new RealtimeTableDefinition(table, annotation.type(), Set.of(annotation.authorities()), tenant);
	}

	private static StreamEntity stream(Class<?> type, RealtimeTable annotation) {
		TableReference table = annotation.table().isEmpty()
				? new TableReference(null, EventTable.columnOf(type.getSimpleName())) : named(type, annotation.table());
		return new StreamEntity(type, table, annotation);
	}

	private static ColumnChoice choice(RealtimeTable annotation, EntityNames.Entity entity) {
		return (annotation.columns().length > 0) ? new ColumnChoice.Only(columns(annotation.columns(), entity))
				: new ColumnChoice.Except(columns(annotation.exclude(), entity));
	}

	private static Set<String> columns(String[] properties, EntityNames.Entity entity) {
		return Arrays.stream(properties).map(entity::column).collect(Collectors.toSet());
	}

	/**
	 * Finds an entity, realtime or not.
	 * @param type a class
	 * @return the entity, or {@code null} if the class is none
	 */
	EntityNames.@Nullable Entity find(Class<?> type) {
		RealtimeTable annotation = AnnotatedElementUtils.findMergedAnnotation(type, RealtimeTable.class);
		if (annotation != null && annotation.type() == RealtimeTableType.STREAM) {
			return stream(type, annotation);
		}
		EntityNames.@Nullable Entity mapped = this.names.stream()
			.map((candidate) -> candidate.find(type))
			.filter((entity) -> entity != null)
			.findFirst()
			.orElse(null);
		boolean named = annotation != null && !annotation.table().isEmpty();
		return (annotation != null && named) ? new Named(named(type, annotation.table()), mapped) : mapped;
	}

	private EntityNames.Entity entity(Class<?> type) {
		EntityNames.Entity mapped = find(type);
		if (mapped == null) {
			throw new InvalidRealtimeTableException(type, "is no entity that Spring Data R2DBC or JPA knows",
					"Name its table: @RealtimeTable(table = \"…\").");
		}
		return mapped;
	}

	private static void check(Class<?> type, RealtimeTable annotation) {
		boolean user = annotation.type() == RealtimeTableType.USER;
		if (user && annotation.owner().isEmpty()) {
			throw new InvalidRealtimeTableException(type, "does not say who owns a row",
					"Name the property that holds the owner, @RealtimeTable(owner = \"…\"), "
							+ "or let all share the rows, @RealtimeTable(type = SHARED).");
		}
		if (!user && !annotation.owner().isEmpty()) {
			throw new InvalidRealtimeTableException(type, "is SHARED and names an owner",
					"Leave out either the owner or the type.");
		}
		if (user && annotation.authorities().length > 0) {
			throw new InvalidRealtimeTableException(type, "is of type USER and names authorities",
					"Leave them out: everybody sees their own rows.");
		}
		if (annotation.key().length > 0) {
			throw new InvalidRealtimeTableException(type, "names the key of a table of the database",
					"Leave out key: it is the table's primary key.");
		}
		if (!annotation.sender().isEmpty()) {
			throw new InvalidRealtimeTableException(type, "names the sender of a table of the database",
					"Leave out sender: clients tell events of streams only.");
		}
		checkColumns(type, annotation);
	}

	private static void checkColumns(Class<?> type, RealtimeTable annotation) {
		if (annotation.columns().length > 0 && annotation.exclude().length > 0) {
			throw new InvalidRealtimeTableException(type, "names columns and excludes others",
					"Keep @RealtimeTable(columns = …), which hides all that it does not name, and leave out exclude.");
		}
		boolean named = Stream.of(annotation.columns(), annotation.exclude())
			.flatMap(Arrays::stream)
			.allMatch(StringUtils::hasText);
		if (!named) {
			throw new InvalidRealtimeTableException(type, "names a column without a name",
					"Leave the empty name out of columns or exclude.");
		}
	}

	private static TableReference named(Class<?> type, String table) {
		String[] parts = StringUtils.delimitedListToStringArray(table, ".");
		if (parts.length > 2 || !Arrays.stream(parts).allMatch(StringUtils::hasText)) {
			throw new InvalidRealtimeTableException(type, "names the table '" + table + "'",
					"Write @RealtimeTable(table = \"name\") or (table = \"schema.name\").");
		}
		return reference(table);
	}

	static TableReference reference(String name) {
		String[] parts = StringUtils.delimitedListToStringArray(name.replace("\"", "").replace("`", ""), ".");
		return (parts.length == 1) ? new TableReference(null, parts[0])
				: new TableReference(parts[parts.length - 2], parts[parts.length - 1]);
	}

	/**
	 * A type that names its table itself.
	 *
	 * @param table the table
	 * @param mapped how its properties are mapped, if somebody maps it
	 */
	private record Named(TableReference table, EntityNames.@Nullable Entity mapped) implements EntityNames.Entity {

		@Override
		public String column(String property) {
			return (this.mapped != null) ? this.mapped.column(property) : property;
		}

		@Override
		public @Nullable String valueColumn(String property) {
			return (this.mapped != null) ? this.mapped.valueColumn(property) : null;
		}

	}

}
