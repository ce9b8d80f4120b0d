package io.kalam.subscription;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.kalam.change.Row;
import io.kalam.codec.RowType;
import io.kalam.query.EqualityTerm;
import io.kalam.query.LiveQuery;
import org.jspecify.annotations.Nullable;

/**
 * Views by one of their equalities each: by the one that the fewest others are found by.
 * Used under the hub's lock.
 */
final class EqualityIndex {

	private final RowType type;

	private final Map<Integer, ValueIndex> columns = new TreeMap<>();

	private final Set<LiveView> others = new LinkedHashSet<>(2);

	/**
	 * An index without views.
	 * @param type what the rows consist of that the queries were made for
	 */
	EqualityIndex(RowType type) {
		this.type = type;
	}

	void add(LiveView view) {
		EqualityTerm term = best(view.query());
		view.indexedBy(term);
		if (term != null) {
			this.columns.computeIfAbsent(term.column().index(), (index) -> new ValueIndex(this.type, term.column()))
				.add(view, term.values());
		}
		else {
			this.others.add(view);
		}
	}

	private @Nullable EqualityTerm best(LiveQuery query) {
		EqualityTerm best = null;
		long least = Long.MAX_VALUE;
		for (EqualityTerm term : query.predicate().equalities()) {
			if (ValueIndex.supports(this.type, term.column())) {
				ValueIndex column = this.columns.get(term.column().index());
				long count = (column != null) ? column.count(term.values()) : 0;
				best = (count < least) ? term : best;
				least = Math.min(count, least);
			}
		}
		return best;
	}

	void remove(LiveView view) {
		EqualityTerm term = view.indexedBy();
		if (term == null) {
			this.others.remove(view);
			return;
		}
		this.columns.computeIfPresent(term.column().index(), (index, column) -> {
			column.remove(view, term.values());
			return column.isEmpty() ? null : column;
		});
	}

	/**
	 * Finds the views for which a change of a row may mean something, each once.
	 * @param before the row as it was, {@code null} if there was none
	 * @param after the row as it is, {@code null} if there is none
	 * @param to is given the views
	 */
	void candidates(@Nullable Row before, @Nullable Row after, Consumer<LiveView> to) {
		this.others.forEach(to);
		this.columns.values().forEach((column) -> column.find(before, after, to));
	}

}
