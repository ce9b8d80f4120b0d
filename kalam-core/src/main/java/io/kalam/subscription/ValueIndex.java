package io.kalam.subscription;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.kalam.catalog.Column;
import io.kalam.change.Row;
import io.kalam.codec.Codec;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Views by the values that they want of one column. Values that are equal for Postgres
 * find the same views: they are looked up by what they print where that identifies them,
 * else by the order of their type.
 */
final class ValueIndex {

	private final int column;

	private final Codec<Object> codec;

	private final Map<Object, Set<LiveView>> views;

	ValueIndex(RowType type, Column column) {
		this.column = column.index();
		this.codec = type.codec(column);
		this.views = this.codec.identifying() ? new HashMap<>() : new TreeMap<>(this.codec::compare);
	}

	/**
	 * Whether the values of a column can be looked up.
	 */
	static boolean supports(RowType type, Column column) {
		Codec<Object> codec = type.codec(column);
		return codec.comparable() && (codec.identifying() || codec.ordered());
	}

	/**
	 * How many views want one of some values, at the most.
	 */
	long count(List<Object> values) {
		long count = 0;
		for (Object value : values) {
			count += this.views.getOrDefault(key(value), Set.of()).size();
		}
		return count;
	}

	void add(LiveView view, List<Object> values) {
		for (Object value : values) {
			this.views.computeIfAbsent(key(value), (key) -> new LinkedHashSet<>(2)).add(view);
		}
	}

	void remove(LiveView view, List<Object> values) {
		for (Object value : values) {
			this.views.computeIfPresent(key(value),
					(key, found) -> (found.remove(view) && found.isEmpty()) ? null : found);
		}
	}

	boolean isEmpty() {
		return this.views.isEmpty();
	}

	/**
	 * Finds the views that want the value of one of two rows, each once.
	 * @param before a row, or {@code null}
	 * @param after another one, or {@code null}
	 * @param to is given the views
	 */
	void find(@Nullable Row before, @Nullable Row after, Consumer<LiveView> to) {
		Set<LiveView> first = find(before);
		Set<LiveView> second = find(after);
		first.forEach(to);
		if (first != second) {
			second.stream().filter((view) -> !first.contains(view)).forEach(to);
		}
	}

	private Set<LiveView> find(@Nullable Row row) {
		Object value = (row != null) ? row.get(this.column) : null;
		return (value != null) ? this.views.getOrDefault(key(value), Set.of()) : Set.of();
	}

	private Object key(Object value) {
		return this.codec.identifying() ? this.codec.print(value) : value;
	}

}
