package io.kalam.boot.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Applies the frames of a socket to its subscriptions, as the protocol says: a commit in
 * parts when its last part has come. Guarded by the user's {@link Monitor}.
 */
final class FrameDispatcher {

	private final Map<String, SubscriptionState> subscriptions;

	private final Map<String, List<JsonNode>> parts = new HashMap<>();

	private final Map<String, JsonNode> answers = new HashMap<>();

	private @Nullable String error;

	private boolean authenticated;

	private long live;

	FrameDispatcher(Map<String, SubscriptionState> subscriptions) {
		this.subscriptions = subscriptions;
	}

	/**
	 * A new socket.
	 */
	void begin() {
		this.authenticated = false;
		this.error = null;
		this.live = 0;
		this.parts.clear();
	}

	boolean isAuthenticated() {
		return this.authenticated;
	}

	/**
	 * The position of the live chain.
	 */
	long live() {
		return this.live;
	}

	/**
	 * What the server has said of an event that was published.
	 */
	@Nullable JsonNode answer(String id) {
		return this.answers.get(id);
	}

	/**
	 * What the server has said about the socket as a whole.
	 */
	String explanation() {
		return (this.error != null) ? ". The server said: " + this.error : "";
	}

	void dispatch(JsonNode frame) {
		switch (frame.path("type").asString("")) {
			case "auth_success" -> this.authenticated = true;
			case "auth_error", "goaway" -> this.error = frame.toString();
			case "subscription_ack" -> with(frame, (state) -> state.acknowledged(frame));
			case "initial_data_batch" -> with(frame, (state) -> state.batch(frame));
			case "transaction" -> transaction(frame);
			case "mark" -> mark(frame);
			case "reset" -> reset(frame);
			case "published" -> this.answers.put(frame.path("id").asString(""), frame);
			case "error" -> error(frame);
			default -> {
			}
		}
	}

	private void with(JsonNode frame, Consumer<SubscriptionState> action) {
		SubscriptionState state = this.subscriptions.get(subscription(frame));
		if (state != null) {
			action.accept(state);
		}
	}

	private void transaction(JsonNode frame) {
		String chain = subscription(frame);
		List<JsonNode> changes = this.parts.computeIfAbsent(chain, (key) -> new ArrayList<>());
		frame.path("changes").forEach(changes::add);
		if (frame.path("last").asBoolean(true)) {
			long sequence = sequence(frame);
			changes.forEach((change) -> with(change, (state) -> state.change(change, sequence)));
			this.parts.remove(chain);
			advance(frame, sequence);
		}
	}

	private void advance(JsonNode frame, long sequence) {
		if (frame.has("subscription_id")) {
			with(frame, (state) -> state.advance(sequence));
		}
		else {
			this.live = sequence;
		}
	}

	private void mark(JsonNode frame) {
		long sequence = sequence(frame);
		advance(frame, sequence);
		with(frame, (state) -> state.joined(sequence));
	}

	private void reset(JsonNode frame) {
		String id = subscription(frame);
		this.parts.values().forEach((changes) -> changes.removeIf((change) -> subscription(change).equals(id)));
		with(frame, (state) -> state.reset(frame.path("reason").asString(""), frame.path("purge").asBoolean(false)));
	}

	private void error(JsonNode frame) {
		if (frame.has("subscription_id")) {
			with(frame, (state) -> state.refused(frame.path("code").asString(""), frame.path("message").asString("")));
		}
		else if (frame.has("publish_id")) {
			this.answers.put(frame.path("publish_id").asString(""), frame);
		}
		else {
			this.error = frame.toString();
		}
	}

	private static String subscription(JsonNode node) {
		return node.path("subscription_id").asString("");
	}

	private static long sequence(JsonNode frame) {
		return Long.parseLong(frame.path("seq").asString());
	}

}
