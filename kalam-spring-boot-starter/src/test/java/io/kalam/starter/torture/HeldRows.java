package io.kalam.starter.torture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rows of a subscription. Every change has to fit them, down to the old values.
 */
final class HeldRows {

	private final Map<String, ObjectNode> rows = new HashMap<>();

	HeldRows copy() {
		HeldRows copy = new HeldRows();
		copy.rows.putAll(this.rows);
		return copy;
	}

	/**
	 * All rows, by key.
	 */
	Map<Long, String> all() {
		Map<Long, String> all = new TreeMap<>();
		this.rows.values().forEach((row) -> all.put(Long.valueOf(row.get("id").asString()), row.toString()));
		return all;
	}

	void load(ObjectNode row) {
		assertThat(this.rows.put(key(row), row)).as("a row that is twice in a snapshot: %s", row).isNull();
	}

	/**
	 * Applies a change.
	 * @return what it comes to, as {@link Expectation} says it
	 */
	List<String> apply(String operation, ObjectNode row, ObjectNode old) {
		return switch (operation) {
			case "insert" -> {
				assertThat(this.rows.put(key(row), row)).as("what was there before an insert of %s", row).isNull();
				yield List.of(Expectation.insert(row));
			}
			case "update" -> update(row, old);
			case "delete" -> {
				ObjectNode before = remove(old);
				old.forEachEntry((name, value) -> assertThat(before.get(name)).as("what is deleted").isEqualTo(value));
				yield List.of(Expectation.delete(old));
			}
			case "truncate" -> {
				this.rows.clear();
				yield List.of(Expectation.TRUNCATE);
			}
			default -> throw new AssertionError("An operation that there is not: " + operation);
		};
	}

	private List<String> update(ObjectNode row, ObjectNode old) {
		ObjectNode before = remove(old);
		ObjectNode rebuilt = row.deepCopy();
		old.forEachEntry(rebuilt::set);
		assertThat(rebuilt).as("the old values of %s", row).isEqualTo(before);
		assertThat(this.rows.put(key(row), row)).as("what was there before an update to %s", row).isNull();
		return new ArrayList<>(Expectation.update(before, row));
	}

	private ObjectNode remove(ObjectNode old) {
		ObjectNode before = this.rows.remove(key(old));
		assertThat(before).as("what is updated or deleted: %s", old).isNotNull();
		return before;
	}

	private static String key(JsonNode row) {
		return row.get("id").asString();
	}

}
