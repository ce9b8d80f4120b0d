package io.kalam.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.kalam.sequence.Sequence;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client that knows neither transactions nor marks holds of a subscription: it
 * keeps the last row that it was told for a key. After a resume it may be told what it
 * was told before; otherwise every change has to fit.
 */
final class LegacyHeld {

	private final OracleQuery query;

	private final Map<String, String> rows = new HashMap<>();

	private final boolean repeats;

	private Sequence position = Sequence.ZERO;

	private int batches;

	private int accessVersion;

	private int process;

	/** The greatest {@code _seq} that it was told, once the snapshot is complete. */
	Sequence cursor;

	LegacyHeld(OracleQuery query) {
		this(query, null);
	}

	private LegacyHeld(OracleQuery query, Sequence cursor) {
		this.query = query;
		this.cursor = cursor;
		this.repeats = cursor != null;
	}

	/**
	 * What the same user can resume from.
	 */
	LegacyHeld copy() {
		LegacyHeld copy = new LegacyHeld(this.query, this.cursor);
		copy.rows.putAll(this.rows);
		copy.process = this.process;
		return copy;
	}

	OracleQuery query() {
		return this.query;
	}

	Set<String> rows() {
		return new TreeSet<>(this.rows.values());
	}

	void requested(OracleServer server, String user) {
		this.accessVersion = server.accessVersion(user, this.query.table());
	}

	/**
	 * Whether its user could not read it at some time since it was requested.
	 */
	boolean mayBeDenied(OracleServer server, String user) {
		return server.hasDenied(user, this.query.table(), this.accessVersion);
	}

	void acknowledged(JsonNode frame, int process) {
		boolean resumed = frame.get("resumed").booleanValue();
		boolean foreign = this.query.table().isStream() && this.process != process;
		assertThat(resumed && foreign).as("events of another process are continued").isFalse();
		this.process = process;
		assertThat(resumed).as("whether the cursor is continued").isEqualTo(this.cursor != null);
		assertThat(frame.get("batch_control").get("status").stringValue()).isEqualTo(resumed ? "ready" : "loading");
		this.position = resumed ? this.cursor : Sequence.ZERO;
	}

	void batch(JsonNode frame) {
		JsonNode control = frame.get("batch_control");
		assertThat(control.get("batch_num").intValue()).isEqualTo(this.batches++);
		Sequence boundary = Sequence.parse(control.get("snapshot_end_seq").stringValue());
		for (JsonNode row : frame.get("rows")) {
			assertThat(row.get("_seq").stringValue()).isEqualTo(boundary.toString());
			assertThat(this.rows.put(key(row), text(row))).as("a row that is twice in a snapshot").isNull();
		}
		if (!control.get("has_more").booleanValue()) {
			this.cursor = boundary;
			this.position = boundary;
		}
	}

	void change(JsonNode frame) {
		Sequence sequence = Sequence.parse(frame.get("seq").stringValue());
		assertThat(this.cursor).as("a change before the snapshot is complete").isNotNull();
		assertThat(this.position.isAfter(sequence)).as("a change that goes back").isFalse();
		this.position = sequence;
		switch (frame.get("change_type").stringValue()) {
			case "insert" -> frame.get("rows").forEach(this::insert);
			case "update" -> update(frame.get("rows"), frame.get("old_values"));
			case "delete" -> frame.get("old_values").forEach(this::delete);
			default -> throw new AssertionError("A change of an unknown type");
		}
		boolean last = frame.get("last").booleanValue();
		checkSequence(frame.path("rows"), sequence, last);
		checkSequence(frame.path("old_values"), sequence, last);
	}

	private void insert(JsonNode row) {
		String before = this.rows.put(key(row), text(row));
		assertThat(this.repeats || before == null).as("what was there before an insert of %s: %s", row, before)
			.isTrue();
	}

	private void update(JsonNode rows, JsonNode olds) {
		assertThat(olds.size()).isEqualTo(rows.size());
		for (int i = 0; i < rows.size(); i++) {
			delete(olds.get(i));
			insert(rows.get(i));
		}
	}

	private void delete(JsonNode old) {
		String before = this.rows.remove(key(old));
		assertThat(this.repeats || before != null).as("what is updated or deleted: %s", old).isTrue();
	}

	private void checkSequence(JsonNode rows, Sequence sequence, boolean last) {
		for (JsonNode row : rows) {
			assertThat(row.has("_seq")).as("_seq in a frame that is the last of its commit or not").isEqualTo(last);
			if (last) {
				assertThat(row.get("_seq").stringValue()).isEqualTo(sequence.toString());
				this.cursor = sequence;
			}
		}
	}

	private String key(JsonNode row) {
		return this.query.table().key().stream().map((name) -> row.get(name).toString()).collect(Collectors.joining());
	}

	private static String text(JsonNode row) {
		ObjectNode copy = (ObjectNode) row.deepCopy();
		copy.remove("_seq");
		return copy.toString();
	}

	/**
	 * A row as Postgres has printed it, in the form in which it is compared.
	 */
	static String normal(String row) {
		return text(JsonMapper.shared().readTree(row));
	}

}
