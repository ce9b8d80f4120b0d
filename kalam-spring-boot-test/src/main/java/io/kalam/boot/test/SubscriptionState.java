package io.kalam.boot.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.kalam.boot.test.RealtimeTestChange.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a subscription holds and what it was told. Guarded by its user's {@link Monitor}.
 */
final class SubscriptionState {

	private final String id;

	private final SubscriptionQuery query;

	private final Map<List<String>, RealtimeTestRow> rows = new LinkedHashMap<>();

	private final List<RealtimeTestRow> snapshot = new ArrayList<>();

	private final List<RealtimeTestChange<RealtimeTestRow>> changes = new ArrayList<>();

	private final History history = new History();

	private List<String> key = List.of();

	private Phase phase = Phase.STARTING;

	private @Nullable String epoch;

	private @Nullable String cursor;

	private @Nullable String refusal;

	private long position;

	private int seen;

	private boolean resumed;

	SubscriptionState(String id, SubscriptionQuery query) {
		this.id = id;
		this.query = query;
	}

	/**
	 * Begins, or begins again after its socket was lost.
	 * @return the message that says so
	 */
	ObjectNode subscribe() {
		this.phase = Phase.STARTING;
		return this.query.message(this.id, this.cursor, this.epoch);
	}

	void acknowledged(JsonNode frame) {
		this.key = frame.path("key").valueStream().map(JsonNode::asString).toList();
		this.epoch = frame.path("epoch").asString(null);
		this.resumed = frame.path("resumed").asBoolean(false);
		this.phase = Phase.CATCHING_UP;
		this.snapshot.clear();
		this.history.add(this.resumed ? "resumed" : "accepted");
	}

	void batch(JsonNode frame) {
		frame.path("rows").forEach((row) -> this.snapshot.add(row((ObjectNode) row)));
		if (frame.at("/batch_control/status").asString("").equals("ready")) {
			this.rows.clear();
			this.snapshot.forEach((row) -> this.rows.put(keyOf(row), row));
			this.seen += this.snapshot.size();
			this.history.add("a snapshot of " + this.snapshot.size() + " rows: " + this.snapshot);
			this.snapshot.clear();
		}
	}

	private static RealtimeTestRow row(ObjectNode row) {
		ObjectNode columns = row.deepCopy();
		columns.remove("_seq");
		return new RealtimeTestRow(columns);
	}

	void change(JsonNode change, long sequence) {
		Kind kind = Kind.valueOf(change.path("op").asString().toUpperCase(Locale.ROOT));
		RealtimeTestRow row = change.has("row") ? row((ObjectNode) change.get("row")) : null;
		RealtimeTestRow old = change.has("old") ? row((ObjectNode) change.get("old")) : null;
		if (kind == Kind.TRUNCATE) {
			this.rows.clear();
		}
		if (old != null && (row == null || !keyOf(old).equals(keyOf(row)))) {
			this.rows.remove(keyOf(old));
		}
		if (row != null) {
			this.rows.put(keyOf(row), row);
		}
		this.seen++;
		this.changes.add(new RealtimeTestChange<>(kind, row, old, sequence));
		this.history.add(change.path("op").asString() + " " + ((row != null) ? row : "")
				+ ((old != null) ? " (was " + old + ")" : "") + " at " + sequence);
	}

	private List<String> keyOf(RealtimeTestRow row) {
		return this.key.stream().map((column) -> String.valueOf(row.get(column))).toList();
	}

	void advance(long sequence) {
		this.position = sequence;
	}

	void joined(long sequence) {
		this.position = sequence;
		this.phase = Phase.LIVE;
	}

	void reset(String reason, boolean purge) {
		this.phase = Phase.CATCHING_UP;
		if (purge) {
			this.rows.clear();
		}
		this.history.add("reset (" + reason + (purge ? ", rows to be forgotten)" : ")"));
	}

	void refused(String code, String message) {
		this.phase = Phase.ENDED;
		this.refusal = code;
		this.history.add(code + ": " + message);
	}

	/**
	 * Its socket is gone.
	 * @param live the position of the live chain
	 */
	void disconnected(long live) {
		this.cursor = (this.phase == Phase.LIVE) ? Long.toString(live) : null;
		this.history.add("disconnected at " + live);
	}

	boolean isLive() {
		return this.phase == Phase.LIVE;
	}

	boolean isEnded() {
		return this.phase == Phase.ENDED;
	}

	/**
	 * Up to where it is complete.
	 * @param live the position of the live chain
	 */
	long position(long live) {
		return isLive() ? live : this.position;
	}

	String id() {
		return this.id;
	}

	SubscriptionQuery query() {
		return this.query;
	}

	SubscriptionView view(long live) {
		return new SubscriptionView(List.copyOf(this.rows.values()), List.copyOf(this.changes), this.refusal,
				this.resumed, this.seen, position(live), this.history.lines());
	}

	private enum Phase {

		STARTING, CATCHING_UP, LIVE, ENDED

	}

	/**
	 * What was told, for messages of failures; of much, the end.
	 */
	private static final class History {

		private static final int LINES = 50;

		private final List<String> lines = new ArrayList<>();

		void add(String line) {
			if (this.lines.size() == LINES) {
				this.lines.remove(0);
			}
			this.lines.add(line);
		}

		List<String> lines() {
			return List.copyOf(this.lines);
		}

	}

}
