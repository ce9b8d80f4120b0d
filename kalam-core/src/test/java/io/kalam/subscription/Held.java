package io.kalam.subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kalam.sequence.Sequence;
import tools.jackson.databind.JsonNode;

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

}
