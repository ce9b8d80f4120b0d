package io.kalam.websocket;

import io.kalam.operations.RealtimeCursor;
import io.kalam.protocol.ClientMessage;
import io.kalam.protocol.ClientMessageReader;
import io.kalam.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request for an event stream asks for, as the message that would ask for it on a
 * socket.
 *
 * @param message the message that subscribes
 * @param resuming whether it comes with a cursor
 */
record EventStreamRequest(ClientMessage message, boolean resuming) {

	/**
	 * How the only subscription is called.
	 */
	static final String ID = "sse";

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	/**
	 * Reads a request.
	 * @param reader reads what a socket would be sent
	 * @param sql the query
	 * @param params its parameters, a JSON array, or {@code null}
	 * @param lastEventId where the client goes on, {@code null} or empty to begin
	 * @return what is asked for
	 * @throws ProtocolException if it can't be read; the message is for the client
	 */
	static EventStreamRequest of(ClientMessageReader reader, @Nullable String sql, @Nullable String params,
			@Nullable String lastEventId) {
		if (sql == null || sql.isBlank()) {
			throw new ProtocolException("Say what to follow: ?sql=SELECT … (URL-encoded).", ID);
		}
		ObjectNode message = JSON.createObjectNode().put("type", "subscribe");
		ObjectNode subscription = message.putObject("subscription").put("id", ID).put("sql", sql);
		ObjectNode options = subscription.putObject("options");
		if (params != null) {
			options.set("params", params(params));
		}
		boolean resuming = lastEventId != null && !lastEventId.isEmpty();
		if (lastEventId != null && resuming) {
			RealtimeCursor cursor = cursor(lastEventId);
			options.put("from", cursor.sequence()).put("epoch", cursor.epoch()).put("on_expired", "snapshot");
		}
		return new EventStreamRequest(reader.read(JSON.writeValueAsBytes(message)), resuming);
	}

	private static JsonNode params(String params) {
		JsonNode node = tree(params);
		if (node == null || !node.isArray()) {
			throw new ProtocolException("params is a JSON array: ?params=[\"open\",7] (URL-encoded).", ID);
		}
		return node;
	}

	private static @Nullable JsonNode tree(String params) {
		try {
			return JSON.readTree(params);
		}
		catch (JacksonException | NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * A place that is none of ours is one that can't be continued.
	 */
	private static RealtimeCursor cursor(String lastEventId) {
		try {
			return RealtimeCursor.parse(lastEventId);
		}
		catch (IllegalArgumentException ex) {
			return new RealtimeCursor("0", "none");
		}
	}

}
