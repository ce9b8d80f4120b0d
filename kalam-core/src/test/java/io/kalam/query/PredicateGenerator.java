package io.kalam.query;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.kalam.catalog.Column;

/**
 * Makes up conditions in the language of live queries, and some a little beyond it.
 */
final class PredicateGenerator {

	private static final String[] OPERATORS = { "=", "<>", "!=", "<", "<=", ">", ">=" };

	private static final String[] NUMBERS = { "0", "1", "-1", "1.5", "-0.5", "0.1", "32768", "-32769", "2147483648",
			"9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
			"-9223372036854775809", "1e30", "-1e30", "1e-30", "16777217", "3.4028235e38", "3.5e38", "1.50", "0.3",
			"1e3" };

	private final Random random;

	private final List<Column> columns;

	private final List<List<String>> values;

	private PredicateDraft draft;

	/**
	 * A generator.
	 * @param random chance
	 * @param columns the columns that conditions are about
	 * @param values what Postgres prints for some values of each column
	 */
	PredicateGenerator(Random random, List<Column> columns, List<List<String>> values) {
		this.random = random;
		this.columns = columns;
		this.values = values;
		this.draft = new PredicateDraft(random);
	}

	PredicateDraft.Generated next() {
		this.draft = new PredicateDraft(this.random);
		condition(this.random.nextInt(4));
		return this.draft.generated();
	}

	private void condition(int depth) {
		PredicateDraft.Part begin = this.draft.begin();
		if (depth == 0) {
			term();
		}
		else {
			combination(depth);
		}
		this.draft.end(begin);
	}

	private void combination(int depth) {
		switch (this.random.nextInt(6)) {
			case 0 -> {
				both("NOT ");
				parenthesized(depth - 1);
			}
			case 1 -> {
				both("not ");
				condition(0);
			}
			case 2 -> {
				if (chance(2)) {
					condition(0);
				}
				else {
					parenthesized(depth - 1);
				}
				both(" IS" + (chance(2) ? " NOT" : "")
						+ List.of(" TRUE", " FALSE", " UNKNOWN", " NULL").get(this.random.nextInt(4)));
			}
			default -> {
				String operator = chance(2) ? " AND " : " or ";
				condition(depth - 1);
				for (int i = this.random.nextInt(3); i >= 0; i--) {
					both(chance(3) ? " AND " : operator);
					if (chance(2)) {
						condition(0);
					}
					else {
						parenthesized(depth - 1);
					}
				}
			}
		}
	}

	private void parenthesized(int depth) {
		both("(");
		condition(depth);
		both(")");
	}

	private void term() {
		if (chance(3)) {
			new ConstructGenerator(this.draft, this.random, this.columns, this.values).term();
			return;
		}
		int column = this.random.nextInt(this.columns.size());
		switch (this.random.nextInt(18)) {
			case 12, 13 -> like(column);
			case 14 -> {
				both(name(column) + (chance(2) ? " IS DISTINCT FROM " : " is not distinct from "));
				value(column);
			}
			case 15 -> both(name(column) + (chance(2) ? " IS DISTINCT FROM " : " IS NOT DISTINCT FROM ")
					+ name(this.random.nextInt(this.columns.size())));
			case 16 -> {
				both(name(column) + (chance(2) ? " NOT BETWEEN SYMMETRIC " : " BETWEEN symmetric "));
				value(column);
				both(" AND ");
				value(column);
			}
			case 17 -> {
				both(name(column) + " " + (chance(3) ? operator() : "=") + " ");
				if (this.columns.get(column).name().equals("e")) {
					both("'sad'");
				}
				else {
					both("CURRENT_USER", "'alice'");
				}
			}
			case 0 -> both(name(column) + (chance(2) ? " IS NULL" : " is not null"));
			case 1, 2 -> list(column);
			case 3, 4 -> {
				both(name(column) + (chance(3) ? " NOT BETWEEN " : " BETWEEN "));
				value(column);
				both(" AND ");
				value(column);
			}
			case 5 -> {
				value(column);
				both(" " + operator() + " " + name(column));
			}
			case 6 -> both(name(column) + operator() + " " + name(this.random.nextInt(this.columns.size())));
			case 7 -> both(
					List.of("TRUE", "FALSE", "NULL", "b", "b IS NOT TRUE", "b is unknown").get(this.random.nextInt(6)));
			default -> {
				both(name(column) + " " + operator() + " ");
				value(column);
			}
		}
	}

	private void like(int column) {
		String likely = ConstructGenerator.TEXTS.get(this.random.nextInt(ConstructGenerator.TEXTS.size()));
		int place = this.columns.stream().map(Column::name).toList().indexOf(likely);
		int text = chance(12) ? column : place;
		List<String> values = this.values.get(text);
		StringBuilder pattern = new StringBuilder(values.get(this.random.nextInt(values.size())));
		for (int i = this.random.nextInt(4); i > 0; i--) {
			int from = this.random.nextInt(pattern.length() + 1);
			int to = Math.min(pattern.length(), from + this.random.nextInt(3));
			pattern.replace(from, to, List.of("%", "_", "%%", "\\", "x", "%_").get(this.random.nextInt(6)));
		}
		String wellFormed = new String(pattern.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
		both(name(text) + (chance(3) ? " NOT" : "") + (chance(3) ? " ILIKE " : " like "));
		value(chance(3) ? wellFormed.toUpperCase(Locale.ROOT) : wellFormed);
		both(chance(4) ? " ESCAPE " + List.of("''", "'x'", "'\\'", "NULL", "'%'", "'ab'").get(this.random.nextInt(6))
				: "");
	}

	private void list(int column) {
		both(name(column) + (chance(3) ? " NOT IN (" : " IN ("));
		int size = 1 + this.random.nextInt(4);
		for (int i = 0; i < size; i++) {
			both((i > 0) ? ", " : "");
			value(column);
		}
		both(chance(4) ? ", NULL)" : ")");
	}

	private void value(int column) {
		String type = this.columns.get(column).type().underlying().name();
		if (chance(20)) {
			both("NULL");
		}
		else if (chance(60) && !type.equals("char") && !type.equals("mood")) {
			both("'nonsense'");
		}
		else if (type.equals("bool") && chance(2)) {
			both(chance(2) ? "true" : "FALSE");
		}
		else if (ValueType.of(this.columns.get(column).type().underlying()).isNumber() && chance(2) || chance(100)) {
			number(column);
		}
		else {
			text(column);
		}
	}

	private void number(int column) {
		List<String> values = this.values.get(column);
		String value = values.get(this.random.nextInt(values.size()));
		boolean special = chance(3) || !value.matches("-?[0-9.]+(e[-+]?[0-9]+)?");
		String number = special ? NUMBERS[this.random.nextInt(NUMBERS.length)]
				: (value.matches("-?[0-9]+") && chance(3)) ? value + ".5" : value;
		number = (ValueType.of(this.columns.get(column).type().underlying()) != ValueType.OID
				|| number.matches("[0-9]+")) ? number : "1";
		boolean real = ValueType.of(this.columns.get(column).type().underlying()) == ValueType.FLOAT4;
		if (chance(4) && !real) {
			this.draft.parameter(new BigDecimal(number), number);
		}
		else {
			both(number);
		}
	}

	private void text(int column) {
		List<String> values = this.values.get(column);
		value(values.get(this.random.nextInt(values.size())));
	}

	private void value(String value) {
		this.draft.value(value);
	}

	private String name(int column) {
		String name = this.columns.get(column).name();
		return switch (this.random.nextInt(4)) {
			case 0 -> '"' + name + '"';
			case 1 -> "s." + name;
			case 2 -> name.toUpperCase(Locale.ROOT);
			default -> name;
		};
	}

	private String operator() {
		return OPERATORS[this.random.nextInt(OPERATORS.length)];
	}

	private boolean chance(int oneIn) {
		return this.random.nextInt(oneIn) == 0;
	}

	private void both(String sql) {
		this.draft.both(sql, sql);
	}

	private void both(String ours, String theirs) {
		this.draft.both(ours, theirs);
	}

}
