package io.kalam.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

	private static final Map<String, Codec<?>> BUILT_IN = Map.ofEntries(Map.entry("bool", new BoolCodec()),
			Map.entry("int2", new IntegerCodec("int2", Short.MIN_VALUE, Short.MAX_VALUE, false)),
			Map.entry("int4", new IntegerCodec("int4", Integer.MIN_VALUE, Integer.MAX_VALUE, false)),
			Map.entry("int8", new IntegerCodec("int8", Long.MIN_VALUE, Long.MAX_VALUE, true)),
			Map.entry("oid", new IntegerCodec("oid", 0, 0xFFFF_FFFFL, true)), Map.entry("float4", new Float4Codec()),
			Map.entry("float8", new Float8Codec()), Map.entry("numeric", new NumericCodec()),
			Map.entry("uuid", new UuidCodec()), Map.entry("date", new DateCodec()), Map.entry("time", new TimeCodec()),
			Map.entry("timestamp", new TimestampCodec("timestamp", false)),
			Map.entry("timestamptz", new TimestampCodec("timestamptz", true)),
			Map.entry("interval", new IntervalCodec()), Map.entry("json", new JsonCodec("json")),
			Map.entry("jsonb", new JsonCodec("jsonb")), Map.entry("bytea", new ByteaCodec()),
			Map.entry("inet", new TextCodec("inet", TextOrder.UNKNOWN)),
			Map.entry("cidr", new TextCodec("cidr", TextOrder.UNKNOWN)),
			Map.entry("macaddr", new TextCodec("macaddr", TextOrder.UNKNOWN)));

	/**
	 * Finds the codec of a column. A column's collation decides whether its text can be
	 * compared and ordered.
	 * @param column the column
	 * @return its codec, or {@code null} if its type is not known
	 */
	public @Nullable Codec<?> find(Column column) {
		return find(column.type().underlying(), column.collation());
	}

	private @Nullable Codec<?> find(ColumnType type, @Nullable Collation collation) {
		if (type.kind() == ColumnType.Kind.ARRAY && type.base() != null) {
			Codec<?> element = find(type.base().underlying(), collation);
			return (element != null) ? new ArrayCodec(element) : null;
		}
		if (type.kind() == ColumnType.Kind.ENUM) {
			return new TextCodec(type.name(), TextOrder.EQUALITY);
		}
		if (type.kind() != ColumnType.Kind.BASE) {
			return null;
		}
		if (!type.schema().equals(CATALOG)) {
			return type.name().equals("citext") ? new TextCodec("citext", TextOrder.UNKNOWN) : null;
		}
		return findBuiltIn(type, TextOrder.of(collation));
	}

	private static @Nullable Codec<?> findBuiltIn(ColumnType type, TextOrder order) {
		return switch (type.name()) {
			case "text", "varchar" -> new TextCodec(type.name(), order);
			case "bpchar" -> new BpcharCodec(order, type.modifier());
			case "name" -> new TextCodec("name", order, NAME_BYTES);
			case "char" -> new TextCodec("char", TextOrder.CODE_POINT, 1);
			default -> BUILT_IN.get(type.name());
		};
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
