package io.kalam.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Table;
import org.jspecify.annotations.Nullable;

/**
 * The codecs of the types that are known. May be used by any thread.
 */
public final class Codecs {

	private static final String CATALOG = "pg_catalog";

	private static final int NAME_BYTES = 63;

	private static final String SEMICOLON_SEPARATED = "box";

	private static final Set<String> EXTENSIONS = Set.of("citext", "ltree");

	private static final Map<String, Codec<?>> BUILT_IN = Map.ofEntries(Map.entry("bool", new BoolCodec()),
			Map.entry("int2", new IntegerCodec("int2", Short.MIN_VALUE, Short.MAX_VALUE, false)),
			Map.entry("int4", new IntegerCodec("int4", Integer.MIN_VALUE, Integer.MAX_VALUE, false)),
			Map.entry("int8", new IntegerCodec("int8", Long.MIN_VALUE, Long.MAX_VALUE, true)),
			Map.entry("oid", new IntegerCodec("oid", 0, 0xFFFF_FFFFL, true)), Map.entry("float4", FloatCodec.FLOAT4),
			Map.entry("float8", FloatCodec.FLOAT8), Map.entry("numeric", new NumericCodec()),
			Map.entry("uuid", new UuidCodec()), Map.entry("date", new DateCodec()), Map.entry("time", new TimeCodec()),
			Map.entry("timetz", new TimetzCodec()), Map.entry("timestamp", new TimestampCodec("timestamp", false)),
			Map.entry("timestamptz", new TimestampCodec("timestamptz", true)),
			Map.entry("interval", new IntervalCodec()), Map.entry("json", new JsonCodec(false)),
			Map.entry("jsonb", new JsonCodec(true)), Map.entry("bytea", new ByteaCodec()));

	/**
	 * Types that are passed on as Postgres prints them, and not compared.
	 */
	private static final Set<String> PRINTED = Set.of("inet", "cidr", "macaddr", "macaddr8", "money", "xml", "bit",
			"varbit", "tsvector", "tsquery", "pg_lsn", "xid8", "jsonpath", "point", "line", "lseg", "box", "path",
			"polygon", "circle");

	/**
	 * Finds the codec of a column. A column's collation decides whether its text can be
	 * compared and ordered.
	 * @param column the column
	 * @return its codec, or {@code null} if its type is not known
	 */
	public @Nullable Codec<?> find(Column column) {
		return find(column.type().underlying(), column.collation());
	}

	private static @Nullable Codec<?> find(ColumnType type, @Nullable Collation collation) {
		return switch (type.kind()) {
			case BASE -> findBase(type, collation);
			case ENUM -> new EnumCodec(type.name(), type.labels());
			case COMPOSITE, RANGE, MULTIRANGE -> printed(type);
			case ARRAY -> findArray(type, collation);
			case DOMAIN, OTHER -> null;
		};
	}

	private static @Nullable Codec<?> findArray(ColumnType type, @Nullable Collation collation) {
		ColumnType element = type.base();
		if (element == null || element.name().equals(SEMICOLON_SEPARATED)) {
			return null;
		}
		Codec<?> codec = find(element.underlying(), collation);
		return (codec != null) ? new ArrayCodec(codec) : null;
	}

	private static @Nullable Codec<?> findBase(ColumnType type, @Nullable Collation collation) {
		TextOrder order = TextOrder.of(collation);
		if (!type.schema().equals(CATALOG)) {
			boolean citext = type.name().equals("citext") && collation != null && collation.asciiCase();
			return citext ? new CitextCodec(order) : EXTENSIONS.contains(type.name()) ? printed(type) : null;
		}
		return switch (type.name()) {
			case "text", "varchar" -> new TextCodec(type.name(), order);
			case "bpchar" -> new BpcharCodec(order, type.modifier());
			case "name" -> new TextCodec("name", order, NAME_BYTES);
			case "char" -> new TextCodec("char", TextOrder.CODE_POINT, 1);
			default -> PRINTED.contains(type.name()) ? printed(type) : BUILT_IN.get(type.name());
		};
	}

	private static Codec<?> printed(ColumnType type) {
		return new TextCodec(type.name(), TextOrder.UNKNOWN);
	}

	/**
	 * Finds the codecs of all columns of a table.
	 * @param table the table
	 * @return the table with its codecs
	 * @throws CodecException if a column has a type that is not known; names table,
	 * column and type
	 */
	public RowType rowType(Table table) {
		List<Codec<?>> codecs = new ArrayList<>();
		for (Column column : table.columns()) {
			Codec<?> codec = find(column);
			if (codec == null) {
				throw new CodecException("Column \"%s\" of table %s is of type %s.%s, which has no JSON form yet"
					.formatted(column.name(), table.name(), column.type().schema(), column.type().name()));
			}
			codecs.add(codec);
		}
		return new RowType(table, codecs);
	}

}
