package io.kalam.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnChoice;
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

	/**
	 * Types of extensions whose names others may give to types of their own, for which
	 * the application's codec goes before.
	 */
	private static final Map<String, Codec<?>> REPLACEABLE = Map.of("hstore", new HstoreCodec(), "vector",
			new VectorCodec());

	private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name", "char");

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

	private final OwnTypes own;

	/**
	 * The codecs of the types that are known without the application.
	 */
	public Codecs() {
		this(List.of());
	}

	/**
	 * The codecs of the types that are known.
	 * @param own the application's codecs of types of its own
	 * @throws InvalidTypeCodecException if two of them read the same type, or one reads a
	 * type that has a form without it
	 */
	public Codecs(List<? extends RealtimeTypeCodec> own) {
		this.own = OwnTypes.of(own);
	}

	/**
	 * Whether a type has a form that the application can't replace.
	 * @param schema the type's schema
	 * @param name its name
	 * @return whether it is one of Postgres that is known, or of an extension that is
	 */
	static boolean isBuiltIn(String schema, String name) {
		if (!schema.equals(CATALOG)) {
			return EXTENSIONS.contains(name);
		}
		String element = (name.startsWith("_") && !name.equals('_' + SEMICOLON_SEPARATED)) ? name.substring(1) : name;
		return TEXTS.contains(element) || PRINTED.contains(element) || BUILT_IN.containsKey(element)
				|| element.endsWith("range");
	}

	/**
	 * Finds the codec of a column. A column's collation decides whether its text can be
	 * compared and ordered.
	 * @param column the column
	 * @return its codec, or {@code null} if its type is not known
	 */
	public @Nullable Codec<?> find(Column column) {
		return find(column.type(), column.collation());
	}

	private @Nullable Codec<?> find(ColumnType type, @Nullable Collation collation) {
		RealtimeTypeCodec own = this.own.find(type);
		if (own != null) {
			return new OwnTypeCodec(type.name(), own);
		}
		return switch (type.kind()) {
			case BASE -> findBase(type, collation);
			case ENUM -> new EnumCodec(type.name(), type.labels());
			case COMPOSITE, RANGE, MULTIRANGE -> printed(type);
			case ARRAY -> findArray(type, collation);
			case DOMAIN -> (type.base() != null) ? find(type.base(), collation) : null;
			case OTHER -> null;
		};
	}

	private @Nullable Codec<?> findArray(ColumnType type, @Nullable Collation collation) {
		ColumnType element = type.base();
		if (element == null || element.name().equals(SEMICOLON_SEPARATED)) {
			return null;
		}
		Codec<?> codec = find(element, collation);
		return (codec != null) ? new ArrayCodec(codec) : null;
	}

	private static @Nullable Codec<?> findBase(ColumnType type, @Nullable Collation collation) {
		TextOrder order = TextOrder.of(collation);
		if (!type.schema().equals(CATALOG)) {
			boolean citext = type.name().equals("citext") && collation != null && collation.asciiCase();
			return citext ? new CitextCodec(order)
					: EXTENSIONS.contains(type.name()) ? printed(type) : REPLACEABLE.get(type.name());
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
		return rowType(table, ColumnChoice.ALL);
	}

	/**
	 * Finds the codecs of all columns of a table that has hidden ones.
	 * @param table the table, without the columns that are hidden
	 * @param choice which columns are not hidden
	 * @return the table with its codecs
	 * @throws CodecException if a column has a type that is not known; names table,
	 * column and type
	 */
	public RowType rowType(Table table, ColumnChoice choice) {
		List<Codec<?>> codecs = new ArrayList<>();
		for (Column column : table.columns()) {
			codecs.add(known(table, column));
		}
		return new RowType(table, codecs, choice);
	}

	/**
	 * Finds the codecs of rows that were read earlier, with which they can be written and
	 * compared, and values of the application's own types not be read.
	 * @param table the table as it was
	 * @param forms the {@linkplain RowType#forms() forms} that its values had; empty if
	 * none was of the application's own
	 * @return the table with its codecs
	 * @throws CodecException if a column has a type that is not known
	 */
	public static RowType stored(Table table, List<String> forms) {
		Codecs builtIn = new Codecs();
		List<Codec<?>> codecs = new ArrayList<>();
		for (Column column : table.columns()) {
			String form = forms.isEmpty() ? "" : forms.get(column.index());
			codecs.add(form.isEmpty() ? builtIn.known(table, column) : stored(column.type(), form));
		}
		return new RowType(table, codecs);
	}

	private static Codec<?> stored(ColumnType type, String form) {
		if (form.endsWith(ArrayCodec.ARRAY)) {
			return new ArrayCodec(stored(type, form.substring(0, form.length() - ArrayCodec.ARRAY.length())));
		}
		return OwnTypeCodec.stored(type.name(), form);
	}

	private Codec<?> known(Table table, Column column) {
		Codec<?> codec = find(column);
		if (codec == null) {
			throw new CodecException("Column \"%s\" of table %s is of type %s.%s, which has no JSON form yet"
				.formatted(column.name(), table.name(), column.type().schema(), column.type().name()));
		}
		return codec;
	}

}
