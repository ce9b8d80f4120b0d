package io.kalam.subscription;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.codec.RowType;
import io.kalam.testing.TestTypes;

/**
 * Random rows and predicates of a table, with few values of each type, among them such
 * that are equal and look different.
 */
final class IndexedQueries {

	private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

	static {
		VALUES.put("int4", List.of("0", "1", "2", "-1", "7"));
		VALUES.put("int8", List.of("0", "1", "2", "9223372036854775807"));
		VALUES.put("numeric", List.of("1", "1.0", "1.00", "0.5", "0.50", "NaN", "-3"));
		VALUES.put("float8", List.of("0", "-0", "1", "1.5", "NaN", "Infinity"));
		VALUES.put("text", List.of("", "a", "A", "a ", "ab", "ä"));
		VALUES.put("bpchar", List.of("a", "a ", "a   ", "b"));
		VALUES.put("bpchar(4)", List.of("a   ", "ab  ", "b   "));
		VALUES.put("bool", List.of("t", "f"));
		VALUES.put("uuid", List.of("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "00000000-0000-0000-0000-000000000000"));
		VALUES.put("interval", List.of("PT24H", "P1D", "PT1H"));
		VALUES.put("timestamptz", List.of("2026-01-01 00:00:00+00", "infinity"));
		VALUES.put("bytea", List.of("\\x", "\\x00ff"));
	}

	private final Random random;

	private final RowType type;

	IndexedQueries(Random random, boolean binary, boolean wider) {
		this.random = random;
		Map<String, String> types = new LinkedHashMap<>();
		types.put("id", "int8");
		VALUES.keySet().forEach((type) -> types.put("c" + types.size(), type));
		if (wider) {
			types.put("w", "int4");
		}
		this.type = TestTypes.rowType(new TableName("public", "items"), types,
				binary ? TestTypes.BINARY : TestTypes.LINGUISTIC);
	}

	RowType type() {
		return this.type;
	}

	/**
	 * A change, most often of a row.
	 */
	Change change() {
		return switch (this.random.nextInt(40)) {
			case 0 -> new Change.Truncate(this.type);
			case 1, 2, 3, 4, 5, 6, 7, 8 -> new Change.Delete(row());
			case 9, 10, 11, 12, 13, 14, 15, 16 -> new Change.Insert(row());
			default -> new Change.Update(row(), row());
		};
	}

	private Row row() {
		String[] printed = new String[this.type.table().columns().size()];
		printed[0] = String.valueOf(this.random.nextInt(3));
		int column = 1;
		for (List<String> values : VALUES.values()) {
			printed[column++] = (this.random.nextInt(6) == 0) ? null : pick(values);
		}
		return TestTypes.row(this.type, printed);
	}

	String predicate(int depth) {
		if (depth == 0) {
			return term();
		}
		return switch (this.random.nextInt(7)) {
			case 0 -> "(" + predicate(depth - 1) + " OR " + predicate(depth - 1) + ")";
			case 1 -> "NOT (" + predicate(depth - 1) + ")";
			case 2 -> "(" + predicate(depth - 1) + ") IS " + pick(List.of("TRUE", "NOT TRUE", "UNKNOWN"));
			case 3, 4, 5 -> "(" + predicate(depth - 1) + " AND " + predicate(depth - 1) + ")";
			default -> term();
		};
	}

	private String term() {
		int column = 1 + this.random.nextInt(VALUES.size());
		List<String> values = List.copyOf(VALUES.values()).get(column - 1);
		String name = "c" + column;
		return switch (this.random.nextInt(8)) {
			case 0 -> name + " IS NULL";
			case 1 -> name + " <> " + literal(pick(values));
			case 2, 3 -> name + " IN (" + literal(pick(values)) + ", " + literal(pick(values))
					+ ((this.random.nextInt(4) == 0) ? ", NULL" : "") + ")";
			case 4 -> "id = " + this.random.nextInt(3);
			default -> name + " = " + literal(pick(values));
		};
	}

	/**
	 * What a policy may say about the rows.
	 */
	AccessRuleDraft rule() {
		int column = 1 + this.random.nextInt(VALUES.size());
		List<String> values = List.copyOf(VALUES.values()).get(column - 1);
		String name = "c" + column;
		String one = pick(values);
		String other = pick(values);
		int id = this.random.nextInt(3);
		return switch (this.random.nextInt(5)) {
			case 0 -> AccessRuleDraft.NONE;
			case 1 -> new AccessRuleDraft(name + " = $1 OR id = $2", List.of(one, id),
					name + " = " + literal(one) + " OR id = " + id);
			case 2 -> new AccessRuleDraft("NOT " + name + " = $1", List.of(one), "NOT " + name + " = " + literal(one));
			default -> new AccessRuleDraft(name + " = ANY ($1)", List.of(List.of(one, other)),
					name + " IN (" + literal(one) + ", " + literal(other) + ")");
		};
	}

	private static String literal(String value) {
		return "'" + value + "'";
	}

	private String pick(List<String> from) {
		return from.get(this.random.nextInt(from.size()));
	}

	/**
	 * Some changes.
	 */
	List<Change> changes() {
		List<Change> changes = new ArrayList<>();
		for (int i = this.random.nextInt(4); i >= 0; i--) {
			changes.add(change());
		}
		return changes;
	}

}
