package io.kalam.subscription;

import java.util.List;
import java.util.function.Predicate;

import io.kalam.subscription.ModelDatabase.Item;

/**
 * A query, and the same without SQL.
 */
record ModelQuery(String sql, Predicate<Item> predicate, boolean wide) {

	static final List<ModelQuery> ALL = List.of(new ModelQuery("SELECT * FROM items", (item) -> true, true),
			new ModelQuery("SELECT id, v FROM items WHERE v >= 4", (item) -> item.v() != null && item.v() >= 4, false),
			new ModelQuery("SELECT id, v FROM items WHERE v = 3 AND id > 2",
					(item) -> item.v() != null && item.v() == 3 && item.id() > 2, false),
			new ModelQuery("SELECT * FROM items WHERE (v IN (1, 3, 8) OR v = 5)",
					(item) -> item.v() != null && List.of(1, 3, 5, 8).contains(item.v()), true),
			new ModelQuery("SELECT v FROM items WHERE NOT v IN (1, 2, 3)",
					(item) -> item.v() != null && (item.v() < 1 || item.v() > 3), false),
			new ModelQuery("SELECT id, v FROM items WHERE v IS NULL OR id BETWEEN 2 AND 5",
					(item) -> item.v() == null || (item.id() >= 2 && item.id() <= 5), false));

	String json(Item item) {
		String rest = this.wide ? ",\"owner\":" + ((item.owner() != null) ? '"' + item.owner() + '"' : "null") : "";
		return "{\"id\":\"" + item.id() + "\"" + rest + ",\"v\":" + item.v() + "}";
	}

}
