package io.kalam.subscription;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.kalam.subscription.ModelDatabase.Item;

/**
 * A query, and the same without SQL.
 */
record ModelQuery(String sql, Predicate<Item> predicate, boolean wide, Comparator<Item> order, int limit) {

	static final List<ModelQuery> ALL = List.of(new ModelQuery("SELECT * FROM items", (item) -> true, true),
			new ModelQuery("SELECT id, v FROM items WHERE v >= 4", (item) -> item.v() != null && item.v() >= 4, false),
			new ModelQuery("SELECT id, v FROM items WHERE v = 3 AND id > 2",
					(item) -> item.v() != null && item.v() == 3 && item.id() > 2, false),
			new ModelQuery("SELECT * FROM items WHERE (v IN (1, 3, 8) OR v = 5)",
					(item) -> item.v() != null && List.of(1, 3, 5, 8).contains(item.v()), true),
			new ModelQuery("SELECT v FROM items WHERE NOT v IN (1, 2, 3)",
					(item) -> item.v() != null && (item.v() < 1 || item.v() > 3), false),
			new ModelQuery("SELECT id, v FROM items WHERE v IS NULL OR id BETWEEN 2 AND 5",
					(item) -> item.v() == null || (item.id() >= 2 && item.id() <= 5), false),
			new ModelQuery("SELECT id FROM items ORDER BY v DESC NULLS LAST LIMIT 3", (item) -> true, false,
					Comparator.comparing(Item::v, Comparator.nullsLast(Comparator.reverseOrder())), 3),
			new ModelQuery("SELECT * FROM items LIMIT 2", (item) -> true, true, Comparator.comparing((item) -> 0), 2),
			new ModelQuery("SELECT * FROM items WHERE v > 1 ORDER BY owner NULLS FIRST, v DESC LIMIT 2",
					(item) -> item.v() != null && item.v() > 1, true,
					Comparator.comparing(Item::owner, Comparator.nullsFirst(Comparator.<String>naturalOrder()))
						.thenComparing(Item::v, Comparator.reverseOrder()),
					2));

	ModelQuery {
		order = order.thenComparing(Item::id);
	}

	ModelQuery(String sql, Predicate<Item> predicate, boolean wide) {
		this(sql, predicate, wide, Comparator.comparing((item) -> 0), Integer.MAX_VALUE);
	}

	/**
	 * Whether it shows the first rows only.
	 */
	boolean isWindow() {
		return this.limit < Integer.MAX_VALUE;
	}

	/**
	 * The rows that it shows.
	 * @param spare how many more of them
	 */
	List<Item> rows(Stream<Item> all, int spare) {
		return all.filter(this.predicate).sorted(this.order).limit((long) this.limit + spare).toList();
	}

	String json(Item item) {
		String rest = this.wide ? ",\"owner\":" + ((item.owner() != null) ? '"' + item.owner() + '"' : "null") : "";
		return "{\"id\":\"" + item.id() + "\"" + rest + ",\"v\":" + item.v() + "}";
	}

}
