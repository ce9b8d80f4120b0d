package io.kalam.subscription;

import java.util.LinkedHashSet;
import java.util.Set;

import io.kalam.query.EqualityTerm;
import io.kalam.query.LiveQuery;
import org.jspecify.annotations.Nullable;

/**
 * A query with the live subscriptions that share it. Used under the hub's lock.
 */
final class LiveView {

	private final LiveQuery query;

	private final Set<Subscription> subscriptions = new LinkedHashSet<>(2);

	private @Nullable EqualityTerm indexedBy;

	LiveView(LiveQuery query) {
		this.query = query;
	}

	LiveQuery query() {
		return this.query;
	}

	Set<Subscription> subscriptions() {
		return this.subscriptions;
	}

	/**
	 * The term by which it is found.
	 * @return the term, or {@code null} if every change is tested
	 */
	@Nullable EqualityTerm indexedBy() {
		return this.indexedBy;
	}

	void indexedBy(@Nullable EqualityTerm term) {
		this.indexedBy = term;
	}

}
