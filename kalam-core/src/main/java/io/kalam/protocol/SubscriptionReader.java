package io.kalam.protocol;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import io.kalam.query.Delivery;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscribeRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code subscribe} messages.
 */
final class SubscriptionReader {

	private static final List<String> FLOWS = List.of("push", "pull");

	private static final List<String> ON_EXPIRED = List.of("error", "snapshot");

	private static final String[] CURSOR = { "from", "from_seq_id", "since_seq" };

	private static final String[] LAST_ROWS = { "last_rows", "fetch_last" };

	/** More than a numeric of Postgres can have on either side of its point. */
	private static final int MAX_SCALE = 140_000;

	private SubscriptionReader() {
	}

	static SubscribeRequest read(JsonFields message) {
		JsonFields anonymous = message.object("subscription");
		if (anonymous == null) {
			throw message.wrong("subscription", "an object");
		}
		String id = anonymous.requiredText("id");
		JsonFields subscription = new JsonFields(anonymous.object(), id);
		String sql = subscription.requiredText("sql");
		JsonFields options = subscription.object("options");
		return (options != null) ? withOptions(id, sql, options) : new SubscribeRequest(id, sql, List.of(), false,
				SubscribeRequest.MAX_BATCH_SIZE, 0, null, null, false, false);
	}

	private static SubscribeRequest withOptions(String id, String sql, JsonFields options) {
		int batchSize = options.number("batch_size", SubscribeRequest.MAX_BATCH_SIZE, SubscribeRequest.MAX_BATCH_SIZE);
		String lastRows = options.nameOf(LAST_ROWS);
		return new SubscribeRequest(id, sql, params(options), true, batchSize,
				(lastRows != null) ? options.number(lastRows, 0, Integer.MAX_VALUE) : 0, cursor(options),
				options.text("epoch"), "snapshot".equals(options.choice("on_expired", ON_EXPIRED)),
				"pull".equals(options.choice("flow", FLOWS)), Delivery.of(options.choice("deliver", Delivery.names())));
	}

	private static @Nullable String cursor(JsonFields options) {
		String name = options.nameOf(CURSOR);
		JsonNode value = (name != null) ? options.value(name) : null;
		if (name == null || value == null) {
			return null;
		}
		try {
			return Sequence.parse(value.isIntegralNumber() ? value.asString() : options.requiredText(name)).toString();
		}
		catch (IllegalArgumentException ex) {
			throw options.wrong(name, "a sequence as the server has sent it, in decimal digits");
		}
	}

	private static List<@Nullable Object> params(JsonFields options) {
		JsonNode params = options.value("params");
		if (params == null) {
			return List.of();
		}
		if (!params.isArray()) {
			throw options.wrong("params", "an array");
		}
		return list(params, options);
	}

	private static List<@Nullable Object> list(JsonNode array, JsonFields options) {
		List<@Nullable Object> values = new ArrayList<>(array.size());
		for (JsonNode element : array) {
			values.add(param(element, options));
		}
		return values;
	}

	private static @Nullable Object param(JsonNode node, JsonFields options) {
		return switch (node.getNodeType()) {
			case NULL -> null;
			case STRING -> node.stringValue();
			case BOOLEAN -> node.booleanValue();
			case NUMBER -> number(node, options);
			case ARRAY -> list(node, options);
			default -> throw options.wrong("params", "made of strings, numbers, true, false, null and arrays of those");
		};
	}

	private static Number number(JsonNode node, JsonFields options) {
		Number number = node.numberValue();
		if (number instanceof BigDecimal decimal && Math.abs((long) decimal.scale()) > MAX_SCALE) {
			throw options.wrong("params", "made of numbers that Postgres could store");
		}
		return number;
	}

}
