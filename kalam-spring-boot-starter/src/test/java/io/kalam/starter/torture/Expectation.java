package io.kalam.starter.torture;

import java.util.ArrayList;
import java.util.List;

import io.kalam.starter.torture.TortureDatabase.Entry;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client has to be told of a commit, in order, from what the triggers have
 * written. A change of the key counts as a delete and an insert, and an update of which
 * nothing is seen as nothing.
 */
final class Expectation {

	static final String TRUNCATE = "truncate";

	private Expectation() {
	}

	static List<String> of(TortureQuery query, String user, List<Entry> entries) {
		List<String> changes = new ArrayList<>();
		for (Entry entry : entries) {
			if (!entry.table().equals(query.table())) {
				continue;
			}
			ObjectNode before = query.shown(user, entry.before());
			ObjectNode after = query.shown(user, entry.after());
			if (entry.isTruncate()) {
				changes.add(TRUNCATE);
			}
			else if (before != null && after != null) {
				changes.addAll(update(before, after));
			}
			else if (before != null) {
				changes.add(delete(before));
			}
			else if (after != null) {
				changes.add(insert(after));
			}
		}
		return changes;
	}

	static String insert(ObjectNode row) {
		return "insert " + row;
	}

	static String delete(ObjectNode row) {
		return "delete " + row.get("id").asString();
	}

	static List<String> update(ObjectNode before, ObjectNode after) {
		if (before.equals(after)) {
			return List.of();
		}
		return before.get("id").equals(after.get("id")) ? List.of("update " + after)
				: List.of(delete(before), insert(after));
	}

}
