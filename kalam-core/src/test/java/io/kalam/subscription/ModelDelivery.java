package io.kalam.subscription;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.kalam.query.Delivery;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be told of a transaction alone, if some of its subscriptions want the latest.
 */
final class ModelDelivery {

	private ModelDelivery() {
	}

	/**
	 * A row is named once to those who want its latest state.
	 * @param transaction a transaction, or a part of one
	 * @param held what its subscriptions hold
	 * @param parser reads a row
	 * @param counts is told what has been seen
	 */
	static void check(Transaction transaction, Function<String, Held> held, Function<byte[], JsonNode> parser,
			Map<String, Integer> counts) {
		Set<String> named = new HashSet<>();
		boolean all = false;
		for (SubscriptionChange change : transaction.changes()) {
			byte[] row = (change.row() != null) ? change.row() : change.old();
			boolean latest = held.apply(change.id()).delivery == Delivery.LATEST;
			if (latest && row != null) {
				assertThat(named.add(change.id() + " " + parser.apply(row).get("id").asString())).as("a row twice")
					.isTrue();
			}
			all |= !latest;
		}
		if (!transaction.folded().isEmpty()) {
			counts.merge((transaction.id() != null) ? "Folded on its way" : "Folded", 1, Integer::sum);
			counts.merge(all ? "Folded beside all" : "Folded alone", 1, Integer::sum);
		}
	}

}
