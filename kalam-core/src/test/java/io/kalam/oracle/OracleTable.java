package io.kalam.oracle;

import java.util.List;
import java.util.Locale;
import java.util.Random;

import tools.jackson.databind.JsonNode;

/**
 * The tables of the oracle: their columns, and random values for them as SQL literals.
 */
enum OracleTable {

	/** A table of which everybody sees only what is theirs. */
	NOTES(List.of("id"),
			List.of(new OracleColumn("id", Sort.INT8), new OracleColumn("owner", Sort.OWNER),
					new OracleColumn("n", Sort.INT4), new OracleColumn("label", Sort.TEXT),
					new OracleColumn("price", Sort.NUMERIC), new OracleColumn("done", Sort.BOOL),
					new OracleColumn("at", Sort.TIMESTAMPTZ), new OracleColumn("body", Sort.BODY))),

	/** A table that everybody sees, with a key of two columns. */
	BOARD(List.of("a", "b"),
			List.of(new OracleColumn("a", Sort.KEY), new OracleColumn("n", Sort.INT4),
					new OracleColumn("b", Sort.PLACE), new OracleColumn("label", Sort.TEXT),
					new OracleColumn("price", Sort.NUMERIC), new OracleColumn("done", Sort.BOOL),
					new OracleColumn("at", Sort.TIMESTAMPTZ))),

	/** A stream that everybody sees, with the columns of the board. */
	CALLS(List.of("a", "b"), BOARD.columns),

	/** A stream of which everybody sees only what is theirs. */
	HINTS(List.of("owner", "b"),
			List.of(new OracleColumn("owner", Sort.OWNER), new OracleColumn("b", Sort.PLACE),
					new OracleColumn("n", Sort.INT4), new OracleColumn("label", Sort.TEXT))),

	/** A stream whose events end soon. */
	BLINKS(List.of("a", "b"), List.of(new OracleColumn("a", Sort.KEY), new OracleColumn("b", Sort.PLACE),
			new OracleColumn("n", Sort.INT4)));

	static final List<OracleTable> TABLES = List.of(NOTES, BOARD);

	static final List<OracleTable> STREAMS = List.of(CALLS, HINTS, BLINKS);

	static final int ACCOUNTS = 8;

	/**
	 * Marks the rows whose {@code n} adds up to zero after every commit.
	 */
	static final String ACCOUNT = "'account'";

	static final String OPEN_ACCOUNTS = "INSERT INTO board SELECT g, 0, 'account' FROM generate_series(1, " + ACCOUNTS
			+ ") g";

	static final String[] SCHEMA = {
			"CREATE TABLE notes (id int8 PRIMARY KEY, owner text COLLATE \"C\", n int4, label text COLLATE \"C\", "
					+ "price numeric, done bool, at timestamptz, body text)",
			"ALTER TABLE notes ALTER body SET STORAGE EXTERNAL",
			"CREATE TABLE board (a int4, n int4, b text COLLATE \"C\", label text COLLATE \"C\", price numeric, "
					+ "done bool, at timestamptz, PRIMARY KEY (a, b))",
			OPEN_ACCOUNTS };

	private final List<String> key;

	private final List<OracleColumn> columns;

	OracleTable(List<String> key, List<OracleColumn> columns) {
		this.key = key;
		this.columns = columns;
	}

	List<String> key() {
		return this.key;
	}

	List<OracleColumn> columns() {
		return this.columns;
	}

	OracleColumn column(String name) {
		return this.columns.stream().filter((column) -> column.name().equals(name)).findFirst().orElseThrow();
	}

	boolean isStream() {
		return STREAMS.contains(this);
	}

	/**
	 * Whether a policy decides who sees which rows.
	 */
	boolean isGoverned() {
		return this == BOARD || this == CALLS;
	}

	/**
	 * Whether everybody sees only what is theirs.
	 */
	boolean isOwned() {
		return this == NOTES || this == HINTS;
	}

	String sql() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Where Postgres has its rows; of a stream what lives.
	 */
	String stored() {
		return isStream() ? sql() + "_told" : sql();
	}

	/**
	 * A value of a column, which is not null in a key.
	 */
	String value(OracleColumn column, Random random) {
		return this.key.contains(column.name()) ? column.sort().literal(random) : column.sort().value(random);
	}

	/**
	 * A condition for one row that may or may not be there.
	 */
	String someKey(Random random) {
		return this.key.stream()
			.map((name) -> name + " = " + column(name).sort().literal(random))
			.reduce((left, right) -> left + " AND " + right)
			.orElseThrow();
	}

	/**
	 * Compares two rows by their keys.
	 */
	int compareKeys(JsonNode left, JsonNode right) {
		for (String name : this.key) {
			String one = left.get(name).asString();
			String other = right.get(name).asString();
			boolean number = column(name).sort().isInteger();
			int result = number ? Long.compare(Long.parseLong(one), Long.parseLong(other)) : one.compareTo(other);
			if (result != 0) {
				return result;
			}
		}
		return 0;
	}

	/**
	 * The sorts of values.
	 */
	enum Sort {

		INT8, KEY, OWNER, INT4, TEXT, PLACE, NUMERIC, BOOL, TIMESTAMPTZ, BODY;

		private static final String[] OWNERS = { "'ann'", "'bob'", "'cyd'", "'nobody'", "'ANN'" };

		private static final String[] TEXTS = { "''", "'a'", "'A'", "'ab'", "'z'", "'é'", "'😀'", "'it''s \"x\"\\'",
				"'1'", "' '", "E'a\\nb'" };

		private static final String[] PLACES = { "'hall'", "'Hall'", "'attic'", "'zoo'" };

		private static final String[] NUMERICS = { "0", "0.00", "1.5", "1.50", "-2.25", "100", "99999999999999999999.5",
				"'NaN'", "'Infinity'", "'-Infinity'" };

		private static final String[] TIMES = { "'infinity'", "'-infinity'", "'2026-01-01T00:00:00Z'",
				"'2026-01-01T00:00:00.123456Z'", "'2025-12-31T23:59:59.000001Z'", "'1999-01-01T12:00:00Z'",
				"'2026-01-01T02:00:00+02:00'" };

		/**
		 * A value that is not null.
		 */
		String literal(Random random) {
			return switch (this) {
				case INT8 -> String.valueOf(1 + random.nextInt(60));
				case KEY -> String.valueOf(1 + random.nextInt(15));
				case INT4 -> String.valueOf(random.nextInt(13) - 3);
				case OWNER -> one(OWNERS, random);
				case TEXT -> one(TEXTS, random);
				case PLACE -> one(PLACES, random);
				case NUMERIC -> one(NUMERICS, random);
				case BOOL -> random.nextBoolean() ? "true" : "false";
				case TIMESTAMPTZ -> one(TIMES, random);
				case BODY -> "repeat('" + random.nextInt(100) + ".', " + (1000 + random.nextInt(1500)) + ")";
			};
		}

		/**
		 * A value, or null where there may be one.
		 */
		String value(Random random) {
			int nulls = switch (this) {
				case INT8, KEY, PLACE -> 0;
				case BODY -> 90;
				case OWNER -> 12;
				default -> 20;
			};
			return (random.nextInt(100) < nulls) ? "NULL" : literal(random);
		}

		boolean isInteger() {
			return this == INT8 || this == KEY || this == INT4;
		}

		/**
		 * The column's value as JSON, made by Postgres alone.
		 */
		String json(String column) {
			String value = switch (this) {
				case INT8, NUMERIC -> "to_json(" + column + "::text)";
				case TIMESTAMPTZ -> """
						CASE WHEN isfinite(%1$s) THEN to_json(to_char(%1$s AT TIME ZONE 'UTC',
						CASE WHEN date_trunc('second', %1$s) = %1$s THEN 'YYYY-MM-DD"T"HH24:MI:SS"Z"'
						ELSE 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"' END)) ELSE to_json(%1$s::text) END""".formatted(column);
				default -> "to_json(" + column + ")";
			};
			return "coalesce((" + value + ")::text, 'null')";
		}

		private static String one(String[] values, Random random) {
			return values[random.nextInt(values.length)];
		}

	}

	/**
	 * A column.
	 */
	record OracleColumn(String name, Sort sort) {

	}

}
