package io.kalam.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent.Transaction;

/**
 * What has come of commits of which the last part has not come yet, for each chain.
 */
final class OracleParts {

	private final Map<String, List<SubscriptionChange>> parts = new HashMap<>();

	/**
	 * Takes a part.
	 * @return all changes of the commit if it is the last one, else {@code null}
	 */
	List<SubscriptionChange> add(Transaction transaction) {
		String chain = chain(transaction.id());
		List<SubscriptionChange> changes = this.parts.computeIfAbsent(chain, (key) -> new ArrayList<>());
		changes.addAll(transaction.changes());
		return transaction.last() ? this.parts.remove(chain) : null;
	}

	/**
	 * What there is of the live chain's.
	 */
	List<SubscriptionChange> live() {
		return this.parts.getOrDefault(chain(null), List.of());
	}

	/**
	 * Forgets what there is for a subscription.
	 */
	void forget(String id) {
		this.parts.values().forEach((changes) -> changes.removeIf((change) -> change.id().equals(id)));
		this.parts.remove(id);
	}

	private static String chain(String id) {
		return (id != null) ? id : "";
	}

}
