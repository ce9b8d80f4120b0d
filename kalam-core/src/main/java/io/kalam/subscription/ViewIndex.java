package io.kalam.subscription;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.codec.RowType;
import io.kalam.query.EqualityTerm;
import io.kalam.query.LiveQuery;
import org.jspecify.annotations.Nullable;

/**
 * The views of one partition whose queries were made for the same columns. Each is found
 * by one of its equalities, where it has any: by the one that the fewest others are found
 * by. So a change costs what those cost that want its values, however many others there
 * are. As long as there are only a few views, each is a candidate for every change. Used
 * under the hub's lock.
 */
final class ViewIndex {

	private final RowType type;

	private final int indexedFrom;

	private final Map<LiveQuery, LiveView> views = new LinkedHashMap<>(2);

	private final Map<Integer, ValueIndex> columns = new TreeMap<>();

	private final Set<LiveView> others = new LinkedHashSet<>(2);

	private boolean indexed;

	/**
	 * An index without views.
	 * @param type what the rows consist of that the queries were made for
	 * @param indexedFrom from how many views on they are indexed
	 */
	ViewIndex(RowType type, int indexedFrom) {
		this.type = type;
		this.indexedFrom = indexedFrom;
	}

	RowType type() {
		return this.type;
	}

	boolean isEmpty() {
		return this.views.isEmpty();
	}

	Collection<LiveView> all() {
		return this.views.values();
	}

	void add(Subscription subscription) {
		LiveView view = this.views.get(subscription.query());
		if (view == null) {
			view = new LiveView(subscription.query());
			this.views.put(view.query(), view);
			index(view);
		}
		view.subscriptions().add(subscription);
	}

	void remove(Subscription subscription) {
		LiveView view = this.views.get(subscription.query());
		if (view != null && view.subscriptions().remove(subscription) && view.subscriptions().isEmpty()) {
			this.views.remove(view.query());
			forget(view);
		}
	}

	/**
	 * Finds the views for which a change may mean something, each once.
	 * @param change a change
	 * @param to is given the views
	 */
	void candidates(Change change, Consumer<LiveView> to) {
		Row before = EvaluatedChange.before(change);
		Row after = EvaluatedChange.after(change);
		Row row = (after != null) ? after : before;
		if (!this.indexed || row == null || !row.type().equals(this.type)) {
			this.views.values().forEach(to);
			return;
		}
		this.others.forEach(to);
		this.columns.values().forEach((column) -> column.find(before, after, to));
	}

	private void index(LiveView view) {
		if (this.indexed) {
			put(view);
		}
		else if (this.views.size() >= this.indexedFrom) {
			this.indexed = true;
			this.views.values().forEach(this::put);
		}
	}

	private void put(LiveView view) {
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

	private void forget(LiveView view) {
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

}
