package io.kalam.boot;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kalam.testing.RealtimeTestSocket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of {@code SELECT * FROM tickets} that keeps the rows and takes none that has
 * other columns than the last acknowledgement said.
 */
final class SchemaFollower implements AutoCloseable {

	private final RealtimeTestSocket socket;

	private final Map<String, ObjectNode> rows = new HashMap<>();

	private final List<ObjectNode> parts = new ArrayList<>();

	private List<String> columns = List.of();

	private String epoch = "";

	private String cursor = "";

	private String error = "";

	private int read;

	private int resets;

	private boolean live;

	SchemaFollower(URI server) {
		this.socket = RealtimeTestSocket.authenticated(server, "alice");
	}

	/**
	 * Subscribes with options of the protocol.
	 */
	void subscribe(String options) {
		this.error = "";
		this.socket.send("{\"type\":\"subscribe\",\"subscription\":{\"id\":\"tickets\","
				+ "\"sql\":\"SELECT * FROM tickets\",\"options\":{" + options + "}}}");
	}

	/**
	 * Takes in what has come.
	 */
	void take() {
		List<JsonNode> frames = this.socket.frames();
		frames.subList(this.read, frames.size()).forEach(this::take);
		this.read = frames.size();
	}

	private void take(JsonNode frame) {
		switch (frame.path("type").asString("")) {
			case "reset" -> reset(frame);
			case "subscription_ack" -> acknowledged(frame);
			case "initial_data_batch" -> frame.get("rows").forEach(this::put);
			case "transaction" -> transaction(frame);
			case "mark" -> mark(frame);
			case "error" -> this.error = frame.get("code").asString();
			default -> {
			}
		}
	}

	private void reset(JsonNode frame) {
		assertThat(frame.get("reason").asString()).isEqualTo("schema");
		assertThat(frame.get("purge").asBoolean()).isFalse();
		this.resets++;
		this.live = false;
		this.parts.clear();
	}

	private void acknowledged(JsonNode frame) {
		this.rows.clear();
		this.columns = frame.get("schema").valueStream().map((column) -> column.get("name").asString()).toList();
		this.epoch = frame.get("epoch").asString();
	}

	private void transaction(JsonNode frame) {
		frame.get("changes").forEach((change) -> this.parts.add((ObjectNode) change));
		if (frame.get("last").asBoolean()) {
			this.parts.forEach(this::apply);
			this.parts.clear();
			this.cursor = frame.get("seq").asString();
		}
	}

	private void apply(ObjectNode change) {
		String operation = change.get("op").asString();
		assertThat(operation).isNotEqualTo("truncate");
		if (!operation.equals("insert")) {
			assertThat(this.rows.remove(change.get("old").get("id").asString())).as("the old row of %s", change)
				.isNotNull();
		}
		if (!operation.equals("delete")) {
			put(change.get("row"));
		}
	}

	private void put(JsonNode row) {
		ObjectNode own = ((ObjectNode) row).deepCopy();
		own.remove("_seq");
		assertThat(own.propertyNames()).containsExactlyElementsOf(this.columns);
		assertThat(own.valueStream()).as("no column of the table may be null: %s", row).noneMatch(JsonNode::isNull);
		this.rows.put(own.get("id").asString(), own);
	}

	private void mark(JsonNode frame) {
		this.live |= frame.has("subscription_id");
		this.cursor = frame.get("seq").asString();
	}

	List<String> columns() {
		return this.columns;
	}

	/**
	 * The rows, in the order of their key.
	 */
	List<String> rows() {
		Map<Long, String> sorted = new TreeMap<>();
		this.rows.forEach((id, row) -> sorted.put(Long.valueOf(id), row.toString()));
		return List.copyOf(sorted.values());
	}

	int resets() {
		return this.resets;
	}

	boolean isLive() {
		return this.live;
	}

	/**
	 * The code of the last error, empty if there was none.
	 */
	String error() {
		return this.error;
	}

	/**
	 * The options that continue where this client was.
	 */
	String resume() {
		return "\"from\":\"" + this.cursor + "\",\"epoch\":\"" + this.epoch + "\"";
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
