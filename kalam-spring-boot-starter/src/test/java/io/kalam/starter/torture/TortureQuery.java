package io.kalam.starter.torture;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What clients subscribe to. The row that ends every commit is within all of it.
 */
enum TortureQuery {

	/** All of a user's rows. */
	MINE("note", List.of("id", "owner", "n", "commit_no", "kind", "body"), "", (row) -> true),

	/** A user's rows within a filter, and not all of their columns. */
	SOME("note", List.of("id", "n", "commit_no", "kind"), "kind = 'commit' OR n < 5",
			(row) -> row.get("kind").asString().equals("commit") || row.get("n").asInt() < 5),

	/** Everybody's rows. */
	BOARD("board", List.of("id", "owner", "n", "commit_no", "kind"), "", (row) -> true);

	/** The table whose rows have owners. */
	static final String OWNED = "note";

	private static final List<String> BIG = List.of("id", "commit_no");

	private final String table;

	private final List<String> columns;

	private final String condition;

	private final Predicate<JsonNode> predicate;

	TortureQuery(String table, List<String> columns, String condition, Predicate<JsonNode> predicate) {
		this.table = table;
		this.columns = columns;
		this.condition = condition;
		this.predicate = predicate;
	}

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	String table() {
		return this.table;
	}

	String sql() {
		return "SELECT " + String.join(", ", this.columns) + " FROM " + this.table
				+ (this.condition.isEmpty() ? "" : " WHERE " + this.condition);
	}

	/**
	 * The same of a user, asked of Postgres: whole rows as JSON.
	 */
	String rowsOf(String user) {
		String owned = this.table.equals(OWNED) ? " AND owner = '" + user + "'" : "";
		String filtered = this.condition.isEmpty() ? "" : " AND (" + this.condition + ")";
		return "SELECT to_json(t)::text FROM " + this.table + " t WHERE true" + owned + filtered;
	}

	/**
	 * Whether a row is one of the partition that a user subscribes to.
	 * @param row a whole row as Postgres prints it, or {@code null}
	 */
	boolean isInPartition(String user, JsonNode row) {
		return row != null && (!this.table.equals(OWNED) || user.equals(row.get("owner").asString(null)));
	}

	/**
	 * What a user is shown of a row.
	 * @param row a whole row as Postgres prints it, or {@code null}
	 * @return the row as a client has it, or {@code null} if it is none of the user's
	 */
	ObjectNode shown(String user, JsonNode row) {
		if (!isInPartition(user, row) || !this.predicate.test(row)) {
			return null;
		}
		ObjectNode shown = JsonMapper.shared().createObjectNode();
		this.columns.forEach((column) -> {
			if (BIG.contains(column)) {
				shown.put(column, row.get(column).asString());
			}
			else {
				shown.set(column, row.get(column));
			}
		});
		return shown;
	}

}
