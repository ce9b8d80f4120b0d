package io.kalam.query;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.kalam.catalog.Column;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the conditions of a run were about.
 */
final class PredicateCoverage {

	/**
	 * A column of a composite type, for which no condition is accepted.
	 */
	private static final String COMPOSITE = "pr";

	private static final int LONG_RUN = 2000;

	private static final int PROGRESS = 50_000;

	private static final Map<String, Pattern> CONSTRUCTS = constructs();

	private final Map<String, Integer> outcomes = new TreeMap<>();

	private final Map<String, Integer> columns = new TreeMap<>();

	private final Map<String, Integer> constructs = new TreeMap<>();

	private final Set<String> missingValues = new TreeSet<>();

	private long pairs;

	PredicateCoverage() {
		for (String name : PredicateColumns.names()) {
			PredicateColumns.special(name).forEach((value) -> this.missingValues.add(name + ' ' + value));
		}
	}

	private static Map<String, Pattern> constructs() {
		Map<String, Pattern> constructs = new LinkedHashMap<>();
		for (String word : List.of("AND", "OR", "NOT", "IN", "NOT IN", "BETWEEN", "NOT BETWEEN", "BETWEEN SYMMETRIC",
				"NOT BETWEEN SYMMETRIC", "LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE", "ESCAPE", "IS NULL", "IS NOT NULL",
				"IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE", "IS UNKNOWN", "IS NOT UNKNOWN",
				"IS DISTINCT FROM", "IS NOT DISTINCT FROM", "ANY", "ALL", "SOME", "CAST", "COLLATE", "CURRENT_USER")) {
			constructs.put(word, Pattern.compile("(?i)\\b" + word.replace(" ", " +") + "\\b"));
		}
		for (String sign : List.of("::", "->", "->>", "@>", "<@", "&&", "=", "<>", "<", "<=", ">", ">=", "$1")) {
			constructs.put(sign, Pattern.compile("(?<![-<>=!@&:])" + Pattern.quote(sign) + "(?![-<>=@&:])"));
		}
		return constructs;
	}

	void table(PredicateTable table) {
		for (int i = 0; i < table.values().size(); i++) {
			String name = table.type().table().columns().get(i).name();
			for (String value : table.written(i)) {
				this.missingValues.remove(name + ' ' + value);
			}
		}
	}

	void refused(QueryException.Code code) {
		count(this.outcomes, (code == QueryException.Code.UNSUPPORTED) ? "refused" : "invalid");
	}

	void accepted(PredicateTable table, String condition) {
		count(this.outcomes, "accepted");
		this.pairs += table.rows().size();
		if (this.pairs % PROGRESS < table.rows().size()) {
			System.out.println(this.pairs + " pairs of row and condition so far");
		}
		String bare = condition.replaceAll("'[^']*'", "''");
		CONSTRUCTS.forEach((name, pattern) -> {
			if (pattern.matcher(bare).find()) {
				count(this.constructs, name);
			}
		});
		Set<String> words = new HashSet<>(List.of(bare.toLowerCase(Locale.ROOT).split("[^a-z0-9_]+")));
		table.type()
			.table()
			.columns()
			.stream()
			.map(Column::name)
			.filter(words::contains)
			.forEach((name) -> count(this.columns, name));
	}

	private static void count(Map<String, Integer> counts, String name) {
		counts.merge(name, 1, Integer::sum);
	}

	/**
	 * How many pairs of row and condition were compared.
	 */
	long pairs() {
		return this.pairs;
	}

	/**
	 * Whether a good part was accepted; and after a long run whether all columns,
	 * constructs and special values came up.
	 */
	void check() {
		assertThat(this.outcomes.getOrDefault("accepted", 0))
			.isGreaterThan(this.outcomes.getOrDefault("refused", 0) / 4);
		if (this.outcomes.get("accepted") >= LONG_RUN) {
			assertThat(this.columns).containsKeys(
					PredicateColumns.names().stream().filter((name) -> !name.equals(COMPOSITE)).toArray(String[]::new));
			assertThat(this.constructs).containsKeys(CONSTRUCTS.keySet().toArray(String[]::new));
			assertThat(this.missingValues).isEmpty();
		}
	}

	@Override
	public String toString() {
		return this.pairs + " pairs of row and condition, conditions " + this.outcomes + ", by column " + this.columns
				+ ", by construct " + this.constructs + ", special values that no row had: " + this.missingValues;
	}

}
