package io.kalam.subscription;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.codec.RowType;
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

	private @Nullable EqualityIndex equalities;

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
		if (this.equalities == null || row == null || !row.type().equals(this.type)) {
			this.views.values().forEach(to);
			return;
		}
		this.equalities.candidates(before, after, to);
	}

	private void index(LiveView view) {
		if (this.equalities != null) {
			this.equalities.add(view);
		}
		else if (this.views.size() >= this.indexedFrom) {
			EqualityIndex index = new EqualityIndex(this.type);
			this.views.values().forEach(index::add);
			this.equalities = index;
		}
	}

	private void forget(LiveView view) {
		if (this.equalities != null) {
			this.equalities.remove(view);
		}
	}

}
