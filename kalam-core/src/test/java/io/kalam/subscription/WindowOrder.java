package io.kalam.subscription;

import java.util.Comparator;
import java.util.function.Function;

/**
 * A filter and an order of a window, in SQL and in Java.
 */
enum WindowOrder {

	KEY("", Comparator.comparing((item) -> 0)),

	NULLS_FIRST("ORDER BY v NULLS FIRST", by(WindowItem::value, Comparator.nullsFirst(Comparator.naturalOrder()))),

	DESCENDING("ORDER BY v DESC NULLS LAST, w DESC",
			by(WindowItem::value, Comparator.nullsLast(Comparator.<Double>reverseOrder())).thenComparing(WindowItem::w,
					Comparator.nullsFirst(Comparator.reverseOrder()))),

	FILTERED("WHERE w > 2 ORDER BY v", by(WindowItem::value, Comparator.nullsLast(Comparator.naturalOrder())));

	private final String sql;

	private final Comparator<WindowItem> comparator;

	WindowOrder(String sql, Comparator<WindowItem> comparator) {
		this.sql = sql;
		this.comparator = comparator;
	}

	private static Comparator<WindowItem> by(Function<WindowItem, Double> value, Comparator<Double> order) {
		return Comparator.comparing(value, order);
	}

	String sql() {
		return this.sql;
	}

	int compare(WindowItem one, WindowItem other) {
		return this.comparator.compare(one, other);
	}

	boolean matches(WindowItem item) {
		return this != FILTERED || (item.w() != null && item.w() > 2);
	}

}
