package io.kalam.boot.test;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A live query.
 *
 * @param sql its text
 * @param parameters the values of {@code $1}…
 */
record SubscriptionQuery(String sql, List<@Nullable Object> parameters) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * The message that subscribes to it.
	 * @param id the subscription's name on the socket
	 * @param cursor where to go on, {@code null} for a snapshot
	 * @param epoch the cursor's epoch
	 * @return the message
	 */
	ObjectNode message(String id, @Nullable String cursor, @Nullable String epoch) {
		ObjectNode message = JSON.createObjectNode().put("type", "subscribe");
		ObjectNode subscription = message.putObject("subscription").put("id", id).put("sql", this.sql);
		ObjectNode options = subscription.putObject("options");
		if (cursor != null) {
			options.put("from", cursor).put("epoch", epoch);
		}
		if (!this.parameters.isEmpty()) {
			options.set("params", JSON.valueToTree(this.parameters.stream().map(SubscriptionQuery::json).toList()));
		}
		return message;
	}

	private static JsonNode json(@Nullable Object value) {
		if (value == null || value instanceof Number || value instanceof Boolean || value instanceof List) {
			return JSON.valueToTree(value);
		}
		return JSON.valueToTree(value.toString());
	}

}
