package io.kalam.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import io.kalam.oracle.OracleTable.OracleColumn;
import io.kalam.oracle.OracleTable.Sort;

/**
 * Makes up a query of the supported language: a text with some parameters for the client,
 * and one without for Postgres.
 */
final class RandomQuery {

	private static final String[] OPERATORS = { "=", "<>", "<", "<=", ">", ">=" };

	private final Random random;

	private final OracleTable table;

	private final List<OracleColumn> comparable;

	private final List<Object> params = new ArrayList<>();

	private RandomQuery(OracleTable table, Random random) {
		this.random = random;
		this.table = table;
		this.comparable = table.columns().stream().filter((column) -> column.sort() != Sort.BODY).toList();
	}

	/**
	 * A query that may be a window.
	 */
	static OracleQuery makeAny(Random random) {
		return make(OracleTable.TABLES, random, random.nextInt(3) == 0);
	}

	/**
	 * A query of a stream that may be a window.
	 */
	static OracleQuery ofStream(Random random) {
		return make(OracleTable.STREAMS, random, random.nextInt(3) == 0);
	}

	static OracleQuery make(List<OracleTable> tables, Random random, boolean window) {
		return new RandomQuery(tables.get(random.nextInt(tables.size())), random).query(window);
	}

	/**
	 * A condition for writers.
	 */
	static String condition(OracleTable table, Random random) {
		return new RandomQuery(table, random).condition(1).plain;
	}

	private OracleQuery query(boolean window) {
		List<OracleColumn> chosen = new ArrayList<>(this.table.columns());
		boolean all = this.random.nextInt(3) == 0;
		if (!all) {
			Collections.shuffle(chosen, this.random);
			chosen = new ArrayList<>(chosen.subList(0, 1 + this.random.nextInt(chosen.size())));
		}
		String select = "SELECT "
				+ (all ? "*" : chosen.stream().map(OracleColumn::name).collect(Collectors.joining(", "))) + " FROM "
				+ this.table.sql();
		String order = window ? order(chosen) : "";
		String limit = window ? " LIMIT " + (1 + this.random.nextInt(8)) : "";
		String whole = window
				? " ORDER BY " + (order.isEmpty() ? "" : order + ", ") + String.join(", ", this.table.key()) + limit
				: "";
		String rest = (order.isEmpty() ? "" : " ORDER BY " + order) + limit;
		for (String key : this.table.key()) {
			OracleColumn column = this.table.column(key);
			if (!chosen.contains(column)) {
				chosen.add(column);
			}
		}
		int kind = this.random.nextInt(8);
		boolean accounts = this.table == OracleTable.BOARD && kind == 1;
		Text condition = accounts ? new Text("b = 'account'") : condition(3);
		if (kind == 0) {
			return new OracleQuery(this.table, chosen, select + rest, List.of(), "TRUE",
					!window && this.table == OracleTable.BOARD && chosen.contains(this.table.column("n")), whole);
		}
		return new OracleQuery(this.table, chosen, select + " WHERE " + condition.sent + rest, List.copyOf(this.params),
				condition.plain, !window && accounts && chosen.contains(this.table.column("n")), whole);
	}

	private String order(List<OracleColumn> chosen) {
		List<String> items = new ArrayList<>();
		for (int i = this.random.nextInt(3); i > 0; i--) {
			OracleColumn column = this.comparable.get(this.random.nextInt(this.comparable.size()));
			String direction = List.of("", " ASC", " DESC").get(this.random.nextInt(3));
			items.add(
					column.name() + direction + List.of("", " NULLS FIRST", " NULLS LAST").get(this.random.nextInt(3)));
			if (!chosen.contains(column)) {
				chosen.add(column);
			}
		}
		return String.join(", ", items);
	}

	private Text condition(int depth) {
		if (depth == 0 || this.random.nextInt(3) == 0) {
			return term();
		}
		Text left = condition(depth - 1);
		return switch (this.random.nextInt(5)) {
			case 0, 1 -> new Text("(").and(left).and(" AND ").and(condition(depth - 1)).and(")");
			case 2, 3 -> new Text("(").and(left).and(" OR ").and(condition(depth - 1)).and(")");
			default -> new Text("NOT (").and(left).and(")");
		};
	}

	private Text term() {
		OracleColumn column = this.comparable.get(this.random.nextInt(this.comparable.size()));
		String name = column.name();
		String not = this.random.nextBoolean() ? " NOT" : "";
		return switch (this.random.nextInt((column.sort() != Sort.BOOL) ? 7 : 10)) {
			case 0, 1 -> new Text(name + " " + operator() + " ").and(value(column.sort()));
			case 2 -> in(column, not);
			case 3 ->
				new Text(name + not + " BETWEEN ").and(value(column.sort())).and(" AND ").and(value(column.sort()));
			case 4 -> new Text(name + " IS" + not + " NULL");
			case 5 -> columns(column);
			case 6 -> new Text("n " + operator() + " ").and(parameter("2.5"));
			case 7 -> new Text(name);
			case 8 -> new Text("NOT " + name);
			default -> new Text(name + " IS" + not + (this.random.nextBoolean() ? " TRUE" : " UNKNOWN"));
		};
	}

	private Text columns(OracleColumn column) {
		List<OracleColumn> others = this.comparable.stream()
			.filter((other) -> other.sort() == column.sort() || (other.sort().isInteger() && column.sort().isInteger()))
			.toList();
		OracleColumn other = others.get(this.random.nextInt(others.size()));
		return new Text(column.name() + " " + operator() + " " + other.name());
	}

	private Text in(OracleColumn column, String not) {
		Text text = new Text(column.name() + not + " IN (");
		int count = 1 + this.random.nextInt(4);
		for (int i = 0; i < count; i++) {
			Text item = (this.random.nextInt(10) == 0) ? new Text("NULL") : value(column.sort());
			text = text.and((i > 0) ? ", " : "").and(item);
		}
		return text.and(")");
	}

	private String operator() {
		return OPERATORS[this.random.nextInt(OPERATORS.length)];
	}

	private Text value(Sort sort) {
		String literal = sort.literal(this.random);
		return literal.startsWith("E'") ? new Text("'a'") : parameter(literal);
	}

	private Text parameter(String literal) {
		if (this.random.nextInt(4) != 0) {
			return new Text(literal);
		}
		this.params.add(param(literal));
		return new Text("$" + this.params.size(), literal);
	}

	private static Object param(String literal) {
		if (literal.startsWith("'")) {
			return literal.substring(1, literal.length() - 1).replace("''", "'");
		}
		if (literal.equals("true") || literal.equals("false")) {
			return Boolean.valueOf(literal);
		}
		return new BigDecimal(literal);
	}

	/**
	 * A piece of a query.
	 *
	 * @param sent as the client writes it
	 * @param plain without parameters
	 */
	private record Text(String sent, String plain) {

		Text(String both) {
			this(both, both);
		}

		Text and(String both) {
			return new Text(this.sent + both, this.plain + both);
		}

		Text and(Text other) {
			return new Text(this.sent + other.sent, this.plain + other.plain);
		}

	}

}
