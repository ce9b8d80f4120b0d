package io.kalam.subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.kalam.sequence.Sequence;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client holds of a subscription.
 */
final class Held {

	final ModelQuery query;

	final Map<String, JsonNode> rows = new HashMap<>();

	Sequence cursor;

	String epoch;

	ModelAccess.Grant grant = ModelAccess.Grant.ALL;

	boolean live;

	boolean resumed;

	int batches;

	Sequence previous;

	Sequence resumedFrom;

	final List<SubscriptionChange> parts = new ArrayList<>();

	Held(ModelQuery query) {
		this.query = query;
	}

	void restart() {
		this.parts.clear();
		this.live = false;
		this.resumed = false;
		this.cursor = null;
		this.previous = null;
		this.batches = 0;
	}

	/**
	 * Does what a change says.
	 * @param change the change
	 * @param liveChain whether it came on the live chain
	 * @param parser reads a row
	 */
	void apply(SubscriptionChange change, boolean liveChain, Function<byte[], JsonNode> parser) {
		assertThat(this.live).as("a change of the live chain for a subscription that has not joined")
			.isEqualTo(liveChain);
		switch (change.operation()) {
			case INSERT -> {
				JsonNode row = parser.apply(change.row());
				assertThat(this.rows.put(row.get("id").asString(), row)).as("inserted twice").isNull();
			}
			case UPDATE -> {
				JsonNode row = parser.apply(change.row());
				assertThat(this.rows.put(row.get("id").asString(), row)).as("updated what was not there").isNotNull();
			}
			case DELETE -> assertThat(this.rows.remove(parser.apply(change.old()).get("id").asString()))
				.as("deleted what was not there")
				.isNotNull();
			case TRUNCATE -> this.rows.clear();
		}
	}

}
