package io.kalam.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import io.kalam.catalog.Column;

/**
 * Makes up casts, comparisons of different types, paths into JSON and conditions on
 * arrays.
 */
final class ConstructGenerator {

	static final List<String> DOCUMENTS = List.of(
			"{\"a\": 1, \"b\": \"x\", \"c\": [1, \"two\", null, {\"d\": 1.50}], \"e\": null}",
			"{\"a\":1.0,\"b\":\"X\\u00e9\"}", "[1, 2 ,3]", "[]", "{}", "\"x\"", "1.5", "null", "true",
			"{\"a\": {\"b\": {\"c\": \"deep\"}}}", "{\"a\": 1, \"a\": 2, \"b\": {}}", "{\"aa\": 1, \"b\": 2, \"\": 0}",
			"{\"a\": \"\\\"q\\\\u\\n\\/\"}", "[[1], [2, [3, \"\"]]]", "{\"a\": \"2\", \"b\": 2e3}",
			"{\"a\": \"alice\"}", "{\"a\": \"\\u00e9\\ud83d\\ude00\", \"\\u0061a\": 7}",
			"{\"a\": [{\"a\": [] }, -1.50, 1E+2 , false]}", "[null, {\"a\": null}, \"two\", \"TWO\"]",
			"{\"a\": 0.10, \"b\": \"\\u0001\", \"c\": \"a\\tb\"}");

	private static final List<String> JSON_VALUES = List.of("1", "1.0", "x", "X\u00e9", "two", "deep", "1.50", "2", "",
			"alice", "true", "[]", "{}", "2000", "2e3", "\"q\\u\n/", "\u00e9\uD83D\uDE00", "null", "0.10", "\u0001",
			"[1, 2, 3]", "[1, 2 ,3]", "{\"d\": 1.50}", "{\"b\": {\"c\": \"deep\"}}", "a\tb", "7");

	private static final List<String> KEYS = List.of("'a'", "'b'", "'c'", "'d'", "'aa'", "''", "'0'", "0", "1", "2",
			"3", "-1", "-2", "-5", "100", "- 2147483647", "'a'", "0");

	private static final Map<String, List<String>> NAMES = Map.of("int4", List.of("int", "integer", "INT4"), "int2",
			List.of("smallint"), "int8", List.of("bigint", "pg_catalog.int8"), "float4", List.of("real"), "float8",
			List.of("float", "double precision"), "bool", List.of("boolean"), "timestamptz",
			List.of("timestamp with time zone"), "timestamp", List.of("timestamp without time zone"), "varchar",
			List.of("character varying"), "char", List.of("\"char\""));

	static final List<String> TEXTS = List.of("t", "t2", "c5", "nm", "li", "ci", "ic", "px", "ub", "c8", "dl");

	private static final List<String> NUMBERS = List.of("i2", "i4", "id", "f4", "f8", "n", "n2", "o", "dm", "dn");

	private static final List<String> ARRAYS = PredicateColumns.names()
		.stream()
		.filter(PredicateColumns::isArray)
		.toList();

	private final PredicateDraft draft;

	private final Random random;

	private final List<Column> columns;

	private final List<List<String>> values;

	ConstructGenerator(PredicateDraft draft, Random random, List<Column> columns, List<List<String>> values) {
		this.draft = draft;
		this.random = random;
		this.columns = columns;
		this.values = values;
	}

	void term() {
		switch (this.random.nextInt(9)) {
			case 0, 1 -> cast();
			case 2 -> mixed((this.random.nextInt(3) > 0) ? NUMBERS : TEXTS);
			case 3, 4 -> json();
			case 5 -> collated();
			case 6 -> quantified();
			default -> array();
		}
	}

	private void cast() {
		int column = this.random.nextInt(this.columns.size());
		String type = this.columns.get(column).type().name();
		boolean text = TEXTS.contains(this.columns.get(column).name());
		int value = column;
		if (NUMBERS.contains(this.columns.get(column).name()) && chance(2)) {
			value = index(any(NUMBERS));
			type = this.columns.get(value).type().name();
		}
		else if (text && chance(3)) {
			type = any(List.of("text", "varchar", "name", "bpchar"));
		}
		both(this.columns.get(column).name() + " " + operator() + " ");
		cast(type, any(this.values.get(value)));
	}

	private void cast(String type, String value) {
		String name = chance(3) ? any(NAMES.getOrDefault(type, List.of(type)))
				: type.equals("char") ? "\"char\"" : type;
		switch (this.random.nextInt(4)) {
			case 0 -> {
				both("CAST(");
				this.draft.value(value);
				both(" AS " + name + ")");
			}
			case 1 -> both(name + " " + PredicateDraft.quoted(value));
			case 2 -> {
				boolean number = value.matches("[0-9]+(\\.[0-9]+)?");
				both((number ? value : PredicateDraft.quoted(value)) + "::" + name);
			}
			default -> {
				this.draft.value(value);
				both("::" + name);
			}
		}
	}

	private void mixed(List<String> names) {
		both(any(names) + " " + operator() + " " + any(names) + (chance(6) ? " COLLATE \"C\"" : ""));
	}

	private void collated() {
		String column = any(TEXTS);
		both(column + " COLLATE \"C\" " + (chance(3) ? "ILIKE" : operator()) + " ");
		String value = any(this.values.get(index(column)));
		this.draft.value(chance(3) ? value.toUpperCase(Locale.ROOT) : value);
	}

	private void json() {
		boolean text = chance(2);
		StringBuilder path = new StringBuilder(any(List.of("j", "js")));
		for (int i = this.random.nextInt(3); i > 0; i--) {
			path.append(any(List.of("->", " -> "))).append(any(KEYS));
		}
		path.append(text ? "->>" : " -> ").append(any(KEYS));
		String term = chance(12) ? any(List.of("j", "js")) : path.toString();
		if (text && chance(5)) {
			both("(" + term + ") COLLATE \"C\" " + any(List.of("<", ">=", "ILIKE")) + " ");
			this.draft.value(any(JSON_VALUES));
			return;
		}
		both(term);
		switch (this.random.nextInt(6)) {
			case 0 -> both(chance(2) ? " IS NULL" : " IS NOT NULL");
			case 1 -> {
				both(" IN (");
				jsonValue(text);
				both(", ");
				jsonValue(text);
				both(")");
			}
			case 2 -> {
				both(chance(2) ? " IS DISTINCT FROM " : " <> ");
				jsonValue(text);
			}
			case 3 -> {
				both(text ? " LIKE " : " = ");
				this.draft.value(any(JSON_VALUES).replace('e', '%').replace('1', '_'));
			}
			default -> {
				both(" = ");
				jsonValue(text);
			}
		}
	}

	private void jsonValue(boolean text) {
		if (text || chance(4)) {
			this.draft.value(any(JSON_VALUES));
		}
		else {
			this.draft.value(any(DOCUMENTS));
			both(chance(4) ? "::jsonb" : "");
		}
	}

	private void quantified() {
		int column = this.random.nextInt(this.columns.size());
		both(this.columns.get(column).name() + " " + (chance(2) ? operator() : any(List.of("=", "<>"))) + " "
				+ any(List.of("ANY", "ALL", "some")) + " (");
		this.draft.array(elements(this.values.get(column)));
		String type = this.columns.get(column).type().name();
		boolean castable = !type.equals("char") && !type.startsWith("_");
		both(((castable && chance(4)) ? "::" + type + "[]" : "") + ")");
	}

	private List<String> elements(List<String> values) {
		List<String> elements = new ArrayList<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			elements.add(chance(8) ? null : any(values));
		}
		return elements;
	}

	private void array() {
		String column = any(ARRAYS);
		List<String> values = PredicateColumns.elements(column);
		switch (this.random.nextInt(5)) {
			case 0, 1 -> {
				both(column + " " + any(List.of("@>", "<@", "&&")) + " ");
				this.draft.array(elements(values));
			}
			case 2 -> {
				this.draft.array(elements(values));
				both(" " + any(List.of("@>", "<@", "&&")) + " " + column);
			}
			case 3 -> both(column + any(List.of("@>", "<@", "&&")) + (chance(2) ? any(ARRAYS) : column));
			default -> {
				boolean number = List.of("ti", "ti2", "t8", "da").contains(column) && chance(2);
				String value = any(values);
				if (number) {
					both(value);
				}
				else {
					this.draft.value(value);
				}
				both(" " + (chance(3) ? operator() : any(List.of("=", "<>"))) + " " + (chance(3) ? "ALL" : "ANY") + " ("
						+ column + ")");
			}
		}
	}

	private int index(String name) {
		return this.columns.stream().map(Column::name).toList().indexOf(name);
	}

	private String operator() {
		return any(List.of("=", "<>", "<", "<=", ">", ">="));
	}

	private boolean chance(int oneIn) {
		return this.random.nextInt(oneIn) == 0;
	}

	private String any(List<String> texts) {
		return texts.get(this.random.nextInt(texts.size()));
	}

	private void both(String sql) {
		this.draft.both(sql, sql);
	}

}
