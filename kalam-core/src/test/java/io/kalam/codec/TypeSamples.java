package io.kalam.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import io.kalam.testing.TestPostgres;
import io.kalam.testing.TestTypes;

/**
 * A type with its least, greatest and special values and a source of others.
 */
public record TypeSamples(String sql, List<String> special, Function<Random, String> random) {

	/**
	 * An infinite interval; before Postgres 17 there was none.
	 */
	private static final String INFINITY = (TestPostgres.MAJOR >= 17) ? "infinity" : "2 years";

	static final String[][] SPELLINGS = { { "bool", "yes" }, { "bool", "TRUE" }, { "int4", "+7" }, { "int4", "007" },
			{ "int4", " 7" }, { "int4", "0x10" }, { "int8", "1_000" }, { "float8", "1e3" }, { "float8", ".5" },
			{ "float8", "5." }, { "float8", "1d" }, { "float8", "0x1p3" }, { "float8", "inf" }, { "numeric", "1e3" },
			{ "numeric", "15e-3" }, { "numeric", ".50" }, { "numeric", "-0" }, { "numeric", "1e131071" },
			{ "uuid", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11" }, { "uuid", "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}" },
			{ "date", "2026-1-31" }, { "date", "epoch" }, { "timestamp", "2026-01-31" },
			{ "timestamp", "2026-01-31T24:00:00" }, { "timestamp", "2026-01-31 12:34" },
			{ "timestamptz", "2026-01-31T12:34:56.1Z" }, { "timestamptz", "2026-01-31 12:34:56+05:30" },
			{ "timestamptz", "2026-01-31T12:34:56-03:30:15" }, { "timestamptz", "0044-03-15 12:00:00-01 BC" },
			{ "time", "12:34" }, { "timetz", "12:34Z" }, { "timetz", "12:34" }, { "interval", "PT36H" },
			{ "interval", "P1Y-13M" }, { "interval", "PT1M-90S" }, { "interval", "P0Y0M0DT0H0M-0.5S" },
			{ "bytea", "\\xABCD" }, { "bpchar(5)", "ab" }, { "int4[]", "{ 1 , 2 }" },
			{ "text[]", "{null,\"null\",a\\,b}" } };

	public static Stream<TypeSamples> all() {
		return Stream.of(of("bool", (random) -> String.valueOf(random.nextBoolean()), "t", "f"),
				of("int2", (random) -> String.valueOf((short) random.nextInt()), "-32768", "32767", "0"),
				of("int4", (random) -> String.valueOf(random.nextInt()), "-2147483648", "2147483647", "0"),
				of("int8", (random) -> String.valueOf(random.nextLong()), "-9223372036854775808", "9223372036854775807",
						"9007199254740993"),
				of("oid", (random) -> Integer.toUnsignedString(random.nextInt()), "0", "4294967295"),
				of("float4", (random) -> floatText(Float.intBitsToFloat(random.nextInt())), "NaN", "Infinity",
						"-Infinity", "0", "-0", "1e-45", "3.4028235e38", "1.1754944e-38", "2e23", "16777216", "0.1"),
				of("float8", (random) -> floatText(Double.longBitsToDouble(random.nextLong())), "NaN", "Infinity",
						"-Infinity", "0", "-0", "5e-324", "1.7976931348623157e308", "2e23", "1e22", "0.1", "1e15"),
				of("numeric", TypeSamples::numeric, "NaN", "Infinity", "-Infinity", "0", "0.00", "1.5", "1.50", "-1.5",
						"1e131071", "1e-16383", "99999999999999999999999999999999", "0.0000001"),
				of("text", TypeSamples::text, "", " ", "a", "a ", "A", "é", "\uFFFD", "\uE000", "😀", "z\uD7FF",
						"a\nb\tc", "\"quoted\" \\ 'and'", "null", "ß", "e\u0301"),
				of("varchar", TypeSamples::text, "", "a ", "😀"),
				of("bpchar(8)", TypeSamples::text, "", "a", "a\t", "a b", "😀", "\uE000"),
				of("bpchar", TypeSamples::text, "", "a", "a  ", "a\t", "a\t "),
				of("name", TypeSamples::text, "", "n".repeat(63)),
				of("\"char\"", (random) -> String.valueOf((char) (32 + random.nextInt(95))), "", "a", "~"),
				of("uuid", (random) -> new UUID(random.nextLong(), random.nextLong()).toString(),
						"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
						"80000000-0000-0000-0000-000000000000", "7fffffff-ffff-ffff-8000-000000000000"),
				of("date", (random) -> date(random, 5_000_000), "infinity", "-infinity", "4714-11-24 BC",
						"5874897-12-31", "0001-01-01", "0001-12-31 BC", "10000-01-01", "1970-01-01"),
				of("timestamp", (random) -> date(random, 290_000) + " " + time(random), "infinity", "-infinity",
						"4714-11-24 00:00:00 BC", "294276-12-31 23:59:59.999999", "1999-12-31 23:59:59.999999",
						"2000-01-01 00:00:00", "0001-12-31 23:59:59.5 BC", "10000-01-01 00:00:00.000001"),
				of("timestamptz", (random) -> date(random, 290_000) + " " + time(random) + zone(random), "infinity",
						"-infinity", "4714-11-24 00:00:00+00 BC", "294276-12-31 23:59:59.999999+00",
						"0044-03-15 12:00:00+00 BC", "1900-01-01 00:00:00+00"),
				of("time", TypeSamples::time, "00:00:00", "24:00:00", "23:59:59.999999", "12:00:00.1"),
				of("timetz", (random) -> time(random) + zone(random), "00:00:00+15:59:59", "24:00:00-15:59:59",
						"12:00:00+00", "13:00:00+01", "11:00:00-01", "12:00:00.5-03:30:15"),
				of("interval", TypeSamples::interval, INFINITY, '-' + INFINITY, "PT0S", "1 month", "30 days",
						"720 hours", "-0.5 seconds", "P1Y2M3DT4H5M6.78S", "-1 year 1 day -1 microsecond",
						"2147483647 months 2147483647 days", "-178000000 years", "2562047788:00:54.775807"),
				of("json", (random) -> "[" + random.nextInt() + "]", "null", " {\"b\": 1, \"a\" : 1.50, \"a\": 2} ",
						"12345678901234567890.10", "\"\\u00e9\"", "[1,\n2]"),
				of("jsonb", (random) -> "[" + random.nextInt() + "]", "null", "{\"b\": 1, \"a\": 1.50}",
						"12345678901234567890.10", "\"é\""),
				of("bytea", TypeSamples::bytes, "\\x", "\\x00", "\\xff", "\\x7f", "\\x80", "\\x00ff"),
				of("inet", (random) -> "10.0.0." + random.nextInt(256), "1.2.3.4", "1.2.3.4/8", "::1", "fe80::/10"),
				of("cidr", (random) -> "10.0.0." + random.nextInt(256), "1.2.3.4/32", "10.0.0.0/8", "::/0"),
				of("int4range", (random) -> "[1," + (2 + random.nextInt(9)) + "]", "empty", "(,)"),
				of("tstzrange", (random) -> "[" + date(random, 3000).replace(" BC", "") + ",)", "empty"),
				of("box", (random) -> "(1,2),(0," + random.nextInt(9) + ".5)", "(0,0),(0,0)"),
				of("bit(3)", (random) -> "101", "000"), of("xml", (random) -> "<a>" + random.nextInt() + "</a>", ""),
				of("pg_lsn", (random) -> "0/" + random.nextInt(99), "FFFFFFFF/FFFFFFFF"),
				of("macaddr", (random) -> "08:00:2b:01:02:0" + random.nextInt(10), "ff:ff:ff:ff:ff:ff"),
				of("int8[]", (random) -> "{" + random.nextLong() + ",NULL}", "{}", "{1,2}", "{{1,2},{3,4}}", "{NULL}"),
				of("text[]", (random) -> "{\"" + random.nextLong() + "\",NULL}", "{}",
						"{\"\",\"null\",NULL,\"a,b\",\"{\",\"\\\"\\\\\",\" \"}", "{{a,b},{c,NULL}}", "{{{😀}}}"),
				of("timestamptz[]", (random) -> "{\"" + date(random, 9000) + "\"}", "{infinity,-infinity}"),
				of("bytea[]", (random) -> "{}", "{\"\\\\x00\",\"\\\\xff\"}"),
				of("numeric[]", (random) -> "{" + numeric(random) + "}", "{NaN,1.50}"),
				of("json[]", (random) -> "{}", "{\"{\\\"a\\\": [1, null]}\",NULL}"));
	}

	private static TypeSamples of(String sql, Function<Random, String> random, String... special) {
		return new TypeSamples(sql, List.of(special), random);
	}

	public List<String> samples(Random random) {
		List<String> samples = new ArrayList<>(this.special);
		for (int i = 0; i < 40; i++) {
			samples.add(this.random.apply(random));
		}
		return samples;
	}

	Codec<Object> codec() {
		return codec(this.sql);
	}

	@SuppressWarnings("unchecked")
	static Codec<Object> codec(String sql) {
		return (Codec<Object>) new Codecs().find(TestTypes.column("c", 0, sql.replace("\"", ""), TestTypes.BINARY));
	}

	boolean isText() {
		return Stream.of("text", "varchar", "bpchar").anyMatch(this.sql::startsWith);
	}

	private static String floatText(double value) {
		return Double.isNaN(value) ? "NaN" : Double.toString(value);
	}

	private static String floatText(float value) {
		return Float.isNaN(value) ? "NaN" : Float.toString(value);
	}

	private static String numeric(Random random) {
		BigInteger digits = new BigInteger(1 + random.nextInt(90), random);
		return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(20)).toPlainString();
	}

	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		int[] points = { 'a', 'b', 'B', ' ', '1', 0xE9, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x1F600, 0x10FFFF };
		for (int length = random.nextInt(6); length > 0; length--) {
			text.appendCodePoint(points[random.nextInt(points.length)]);
		}
		return text.toString();
	}

	private static String date(Random random, int years) {
		int year = random.nextBoolean() ? random.nextInt(3000) : random.nextInt(years);
		boolean old = random.nextInt(4) == 0;
		LocalDate date = LocalDate.of(old ? 1 - (1 + year % 4700) : 1 + year, 1 + random.nextInt(12),
				1 + random.nextInt(28));
		return "%04d-%02d-%02d%s".formatted((date.getYear() > 0) ? date.getYear() : 1 - date.getYear(),
				date.getMonthValue(), date.getDayOfMonth(), (date.getYear() > 0) ? "" : " BC");
	}

	private static String time(Random random) {
		String fraction = random.nextBoolean() ? "" : "." + (random.nextInt(900_000) + 100_000);
		return "%02d:%02d:%02d%s".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60), fraction);
	}

	private static String zone(Random random) {
		return random.nextBoolean() ? "+00" : "%+03d:30".formatted(random.nextInt(24) - 12);
	}

	private static String interval(Random random) {
		int days = random.nextInt(100) - 50;
		long micros = random.nextBoolean() ? random.nextLong() / 1000
				: (random.nextInt(100) - 50) * 3_600_000_000L + random.nextInt(3);
		return "%d months %d days %d microseconds".formatted(random.nextInt(30) - 15, days, micros);
	}

	private static String bytes(Random random) {
		byte[] bytes = new byte[random.nextInt(5)];
		random.nextBytes(bytes);
		return "\\x" + HexFormat.of().formatHex(bytes);
	}

}
