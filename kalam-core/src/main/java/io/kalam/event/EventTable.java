package io.kalam.event;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Describes a stream as if it were a table of the database: each property of its class is
 * a column, named in snake_case, of the type that Spring Data and JPA take for it. What
 * has no such type is {@code jsonb}. Text is compared by its code points.
 */
public final class EventTable {

	/**
	 * The key of events that have none of their own. Its values ascend with time.
	 */
	public static final String GENERATED_KEY = "event_id";

	private static final Collation COLLATION = new Collation("C", true, true, true);

	private static final Map<Class<?>, ColumnType> TYPES = Map.ofEntries(Map.entry(boolean.class, type("bool", 16)),
			Map.entry(Boolean.class, type("bool", 16)), Map.entry(short.class, type("int2", 21)),
			Map.entry(Short.class, type("int2", 21)), Map.entry(int.class, type("int4", 23)),
			Map.entry(Integer.class, type("int4", 23)), Map.entry(long.class, type("int8", 20)),
			Map.entry(Long.class, type("int8", 20)), Map.entry(float.class, type("float4", 700)),
			Map.entry(Float.class, type("float4", 700)), Map.entry(double.class, type("float8", 701)),
			Map.entry(Double.class, type("float8", 701)), Map.entry(BigDecimal.class, type("numeric", 1700)),
			Map.entry(BigInteger.class, type("numeric", 1700)), Map.entry(String.class, type("text", 25)),
			Map.entry(UUID.class, type("uuid", 2950)), Map.entry(Instant.class, type("timestamptz", 1184)),
			Map.entry(OffsetDateTime.class, type("timestamptz", 1184)),
			Map.entry(ZonedDateTime.class, type("timestamptz", 1184)),
			Map.entry(LocalDateTime.class, type("timestamp", 1114)), Map.entry(LocalDate.class, type("date", 1082)),
			Map.entry(LocalTime.class, type("time", 1083)), Map.entry(byte[].class, type("bytea", 17)));

	private static final ColumnType JSON = type("jsonb", 3802);

	private EventTable() {
	}

	/**
	 * Describes a stream.
	 * @param type the class of its events
	 * @param name what the stream is called
	 * @param key the columns that tell an owner's events from each other; empty for
	 * {@link #GENERATED_KEY}
	 * @param owner the owner column, {@code null} if there is none; part of the key
	 * @param sender the sender's column, {@code null} if there is none; part of the key
	 * @return the description
	 * @throws InvalidEventException if a column is not there
	 */
	public static Table of(Class<?> type, TableName name, List<String> key, @Nullable String owner,
			@Nullable String sender) {
		List<String> keys = new ArrayList<>(key.isEmpty() ? List.of(GENERATED_KEY) : key);
		Stream.of(sender, owner)
			.filter(Objects::nonNull)
			.filter((column) -> !keys.contains(column))
			.forEach((column) -> keys.add(0, column));
		List<Column> columns = new ArrayList<>();
		if (key.isEmpty()) {
			columns.add(new Column(GENERATED_KEY, 0, type("uuid", 2950), false, true, null));
		}
		Set<String> required = new HashSet<>(keys);
		for (Field property : properties(type)) {
			columns.add(column(property, columns.size(), required));
		}
		Table table = new Table(name, columns, List.of());
		return new Table(name, columns, keys.stream().map((column) -> find(type, table, column)).toList());
	}

	private static Column find(Class<?> type, Table table, String name) {
		Column column = table.column(name);
		if (column == null) {
			throw new InvalidEventException(type.getName() + " has no property for the column " + name + " of its "
					+ "stream; it has " + table.columns().stream().map(Column::name).toList());
		}
		return column;
	}

	private static Column column(Field property, int index, Set<String> required) {
		String name = columnOf(property.getName());
		ColumnType type = property.getType().isEnum() ? type("text", 25) : TYPES.getOrDefault(property.getType(), JSON);
		boolean nullable = !property.getType().isPrimitive() && !required.contains(name);
		return new Column(name, index, type, nullable, false, type.name().equals("text") ? COLLATION : null);
	}

	/**
	 * The column of a property.
	 * @param property the property
	 * @return the same in snake_case
	 */
	public static String columnOf(String property) {
		return property.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
	}

	private static List<Field> properties(Class<?> type) {
		List<Class<?>> classes = new ArrayList<>();
		for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
			classes.add(each);
		}
		Collections.reverse(classes);
		return classes.stream().flatMap((each) -> Arrays.stream(each.getDeclaredFields())).filter((field) -> {
			int modifiers = field.getModifiers();
			return !Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers) && !field.isSynthetic();
		}).toList();
	}

	private static ColumnType type(String name, int oid) {
		return new ColumnType(oid, name, "pg_catalog", ColumnType.Kind.BASE, -1, null);
	}

}
