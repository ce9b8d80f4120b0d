package io.kalam.oracle;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionChange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client holds of a subscription. Checks of every change that it fits what is
 * held, down to the old values.
 */
final class Held {

	private final OracleQuery query;

	private final String user;

	private final Map<String, String> rows = new HashMap<>();

	final boolean pull;

	Sequence cursor;

	String epoch;

	boolean live;

	int batches;

	Sequence previous;

	private Sequence resumedFrom;

	Held(OracleQuery query, String user, boolean pull) {
		this.query = query;
		this.user = user;
		this.pull = pull;
	}

	/**
	 * What another client of the same user can resume from.
	 */
	Held copy(boolean pull) {
		Held copy = new Held(this.query, this.user, pull);
		copy.rows.putAll(this.rows);
		copy.cursor = this.cursor;
		copy.epoch = this.epoch;
		copy.resumedFrom = this.cursor;
		return copy;
	}

	OracleQuery query() {
		return this.query;
	}

	Set<String> rows() {
		return new TreeSet<>(this.rows.values());
	}

	void acknowledged(String epoch, boolean resumed) {
		this.epoch = epoch;
		this.cursor = null;
		this.previous = resumed ? this.resumedFrom : null;
		if (!resumed) {
			this.rows.clear();
		}
	}

	void loaded(byte[] row) {
		String json = text(row);
		assertThat(this.rows.put(key(json), json)).as("a row that is twice in a snapshot").isNull();
	}

	void apply(SubscriptionChange change) {
		switch (change.operation()) {
			case INSERT -> insert(text(change.row()));
			case UPDATE -> update(text(change.row()), text(change.old()));
			case DELETE -> {
				String old = text(change.old());
				assertThat(this.rows.remove(key(old))).as("what is deleted").isEqualTo(old);
			}
			case TRUNCATE -> this.rows.clear();
		}
	}

	private void insert(String row) {
		assertThat(this.rows.put(key(row), row)).as("what was there before an insert of %s", row).isNull();
	}

	private void update(String row, String old) {
		String before = this.rows.remove(key(old));
		assertThat(before).as("what is updated to %s", row).isNotNull();
		ObjectNode rebuilt = (ObjectNode) parse(row);
		parse(old).forEachEntry(rebuilt::set);
		assertThat(rebuilt.toString()).as("the old values of %s", row).isEqualTo(parse(before).toString());
		insert(row);
	}

	/**
	 * Checks what is true after every commit.
	 */
	void check() {
		if (this.query.balanced()) {
			long sum = this.rows.values()
				.stream()
				.map(Held::parse)
				.filter((row) -> row.get("b").asString().equals("account"))
				.mapToLong((row) -> row.get("n").asLong())
				.sum();
			assertThat(sum).as("half a commit: the sum of the accounts").isZero();
		}
	}

	private String key(String json) {
		JsonNode row = parse(json);
		if (this.query.table() == OracleTable.NOTES && row.has("owner") && row.size() > 2) {
			assertThat(row.get("owner").asString()).as("the owner of %s", json).isEqualTo(this.user);
		}
		return this.query.table().key().stream().map((name) -> row.get(name).toString()).collect(Collectors.joining());
	}

	private static JsonNode parse(String json) {
		return JsonMapper.shared().readTree(json);
	}

	static String text(byte[] json) {
		return (json != null) ? new String(json, StandardCharsets.UTF_8) : "nothing";
	}

}
