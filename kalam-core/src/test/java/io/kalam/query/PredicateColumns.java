package io.kalam.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import io.kalam.codec.TypeSamples;

/**
 * The columns of the table {@code samples}: every type that has conditions, under several
 * collations, in domains and in arrays, and some types that can only be null or not.
 */
final class PredicateColumns {

	/**
	 * What has to be in the database before the table.
	 */
	static final List<String> TYPES = List.of("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')",
			"ALTER TYPE mood ADD VALUE 'grim' BEFORE 'ok'", "CREATE DOMAIN small AS int4",
			"CREATE DOMAIN price AS numeric(12,2)", "CREATE DOMAIN label AS text COLLATE \"C\"",
			"CREATE DOMAIN ints AS int4[]", "CREATE TYPE pair AS (a int4, b text)",
			"CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");

	/**
	 * A number that takes long to read, and is therefore in few tables.
	 */
	private static final String LONGEST = "1e131071";

	private static final Map<String, String> DEFINITIONS = definitions("""
			id int8 PRIMARY KEY, i8 int8, b bool, b2 bool, i2 int2, i4 int4, o oid, f4 float4, f8 float8, n numeric,
			n2 numeric(12,2), t text COLLATE "C", t2 varchar COLLATE "C", c5 bpchar(8) COLLATE "C", nm name,
			ch "char", u uuid, d date, ts timestamp, tz timestamptz, tm time, tmz timetz, iv interval, bin bytea,
			li text, ci text COLLATE "ci", ic text COLLATE "und-x-icu", px varchar COLLATE "POSIX",
			ub text COLLATE "ucs_basic", c8 bpchar(8) COLLATE "und-x-icu", e mood, dm small, dn price, dl label,
			da ints, j jsonb, js json, ti int4[], ti2 int4[], tt text[] COLLATE "C", tf float8[], te mood[],
			tn numeric[], tc bpchar(8)[] COLLATE "C", tb bool[], t8 int8[], td date[], tz2 timestamptz[], tu uuid[],
			ty bytea[], tv interval[], tl text[] COLLATE "und-x-icu", tci text[] COLLATE "ci", ts2 timestamp[],
			t4 float4[], tm2 time[], tmz2 timetz[], tnm name[], ip inet, rg int4range, xl xml, bx box, ln pg_lsn,
			pr pair""");

	/**
	 * Values of the elements of some arrays; those of others are samples of their type.
	 */
	private static final Map<String, List<String>> ELEMENTS = Map.of("ti", List.of("0", "1", "2", "-1", "2147483647"),
			"ti2", List.of("0", "1", "2", "3"), "tt",
			List.of("", "a", "A", "a ", "b c", "null", "\u00e9", "{", "\"\\", "\uD83D\uDE00", ","), "tf",
			List.of("0", "-0", "NaN", "1.5", "Infinity", "1e-7"), "te", List.of("sad", "ok", "happy"), "tn",
			List.of("1", "1.0", "1.50", "NaN", "-3"), "tc", List.of("a", "a ", "b", "", " a"));

	private static final Map<String, TypeSamples> SAMPLES = TypeSamples.all()
		.collect(Collectors.toMap(TypeSamples::sql, (type) -> type));

	private PredicateColumns() {
	}

	private static Map<String, String> definitions(String text) {
		Map<String, String> definitions = new LinkedHashMap<>();
		for (String definition : text.replaceAll("\\s+", " ").split(", ")) {
			int name = definition.indexOf(' ');
			definitions.put(definition.substring(0, name), definition.substring(name + 1));
		}
		return definitions;
	}

	/**
	 * The names of the columns.
	 */
	static List<String> names() {
		return List.copyOf(DEFINITIONS.keySet());
	}

	/**
	 * A column as CREATE TABLE has it.
	 */
	static String definition(String name) {
		return '"' + name + "\" " + DEFINITIONS.get(name);
	}

	/**
	 * The type that values of a column are cast to.
	 */
	static String type(String name) {
		return DEFINITIONS.get(name).replaceFirst(" (COLLATE|PRIMARY) .*", "");
	}

	/**
	 * The least, greatest and special values of a column that a long run has to have;
	 * none of an array's.
	 */
	static List<String> special(String name) {
		TypeSamples samples = SAMPLES.get(underlying(name));
		boolean none = samples == null || isArray(name) || name.equals("id");
		return none ? List.of() : samples.special().stream().filter((value) -> !value.equals(LONGEST)).toList();
	}

	/**
	 * Values that come into a column.
	 */
	static List<String> candidates(String name, Random random) {
		return switch (name) {
			case "id" -> List.of("0", "1", "20", "39");
			case "e" -> List.of("sad", "ok", "happy", "ok", "grim");
			case "j", "js" -> (random.nextInt(3) > 0) ? ConstructGenerator.DOCUMENTS : samples(name, random);
			case "n2", "dn" -> List.of("0.00", "1.50", "-1.50", "9999999999.99", "0.10", "NaN", "3", "7");
			case "pr" -> List.of("(1,a)", "(,)", "(1,)", "(,\"b c\")");
			default -> isArray(name) ? arrays(elements(name), random) : samples(name, random);
		};
	}

	private static List<String> samples(String name, Random random) {
		TypeSamples samples = SAMPLES.get(underlying(name));
		List<String> values = random.nextBoolean() ? samples.special() : samples.samples(random);
		return (random.nextInt(20) == 0) ? values : values.stream().filter((value) -> !value.equals(LONGEST)).toList();
	}

	private static String underlying(String name) {
		return switch (name) {
			case "dm" -> "int4";
			case "dl" -> "text";
			case "da" -> "int4[]";
			default -> type(name);
		};
	}

	static boolean isArray(String name) {
		return underlying(name).endsWith("[]");
	}

	/**
	 * Values of the elements of an array.
	 */
	static List<String> elements(String name) {
		List<String> elements = ELEMENTS.get(name);
		return (elements != null) ? elements : SAMPLES.get(underlying(name).replace("[]", "")).special();
	}

	private static List<String> arrays(List<String> elements, Random random) {
		List<String> arrays = new ArrayList<>(List.of("{}", "{NULL}"));
		for (int i = 0; i < 20; i++) {
			List<String> quoted = random.ints(6, 0, elements.size())
				.mapToObj((place) -> '"' + elements.get(place).replace("\\", "\\\\").replace("\"", "\\\"") + '"')
				.map((element) -> (random.nextInt(8) > 0) ? element : "NULL")
				.toList();
			String flat = String.join(",", quoted.subList(0, 1 + random.nextInt(4)));
			arrays.add(switch (random.nextInt(5)) {
				case 0 ->
					"{{" + quoted.get(0) + "," + quoted.get(1) + "},{" + quoted.get(2) + "," + quoted.get(3) + "}}";
				case 1 -> "[0:1]={" + quoted.get(0) + "," + quoted.get(1) + "}";
				default -> "{" + flat + "}";
			});
		}
		return arrays;
	}

}
