package io.kalam.oracle;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Column;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SessionSettings;
import io.kalam.subscription.SubscribeRequest;
import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.subscription.SubscriptionSession;
import io.kalam.subscription.SubscriptionSessions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of a table whose columns come and go. Every row that it is told has exactly
 * the columns that were acknowledged, and no null: no column of the table is nullable.
 */
final class SchemaClient {

	private final String user;

	private final SubscriptionSession session;

	private final Map<String, Rows> held = new LinkedHashMap<>();

	private int ids;

	int resets;

	int resumes;

	SchemaClient(SubscriptionSessions sessions, String user) {
		this.user = user;
		this.session = sessions.open(new RealtimeUser(user, "user", Set.of(), Instant.MAX),
				new SessionSettings(true, 100, 20_000), () -> {
				});
	}

	String user() {
		return this.user;
	}

	Map<String, Rows> held() {
		return this.held;
	}

	void subscribe(String sql, String condition) {
		subscribe(new Rows(sql, condition));
	}

	/**
	 * Ends a subscription and begins it again at its cursor.
	 */
	void resume(String id) {
		Rows before = this.held.get(id);
		if (before != null && before.cursor != null) {
			this.session.unsubscribe(id);
			this.held.remove(id);
			subscribe(before);
		}
	}

	private void subscribe(Rows rows) {
		String id = "c" + this.ids++;
		this.held.put(id, rows);
		this.session
			.subscribe(new SubscribeRequest(id, rows.sql, List.of(), true, 7, 0, rows.cursor, rows.epoch, true, false));
		rows.cursor = null;
		rows.live = false;
	}

	void poll() {
		SubscriptionEvent event = this.session.poll();
		for (int events = 0; event != null; events++) {
			assertThat(events).as("events of %s without end, the last one %s", this.user, event).isLessThan(100_000);
			take(event);
			event = this.session.poll();
		}
	}

	private void take(SubscriptionEvent event) {
		if (event instanceof Acknowledged acknowledged) {
			this.resumes += acknowledged.resumed() ? 1 : 0;
			this.held.get(acknowledged.id()).acknowledged(acknowledged);
		}
		else if (event instanceof Batch batch) {
			batch.rows().forEach((row) -> this.held.get(batch.id()).put(row));
		}
		else if (event instanceof Transaction transaction) {
			transaction.changes().forEach((change) -> this.held.get(change.id()).apply(change));
			advance(transaction.id(), transaction.last() ? transaction.sequence().toString() : null);
		}
		else if (event instanceof Mark mark) {
			if (mark.id() != null) {
				this.held.get(mark.id()).live = true;
				this.held.get(mark.id()).cursor = mark.sequence().toString();
			}
			advance(mark.id(), mark.sequence().toString());
		}
		else if (event instanceof Reset reset) {
			assertThat(reset.reason()).isEqualTo(Reset.Reason.SCHEMA);
			this.resets++;
			this.held.get(reset.id()).reset();
		}
		else if (event instanceof Failed failed) {
			String sql = this.held.remove(failed.id()).sql;
			assertThat(failed.code()).as("%s: %s", sql, failed.message()).isEqualTo(ErrorCode.INVALID_SQL);
			assertThat(sql).as(failed.message()).contains("x");
		}
	}

	private void advance(String id, String sequence) {
		if (id == null && sequence != null) {
			this.held.values().stream().filter((rows) -> rows.live).forEach((rows) -> rows.cursor = sequence);
		}
	}

	void close() {
		this.session.close();
	}

	/**
	 * The rows of a subscription.
	 */
	static final class Rows {

		final String sql;

		final String condition;

		private final Map<String, JsonNode> rows = new TreeMap<>();

		private String epoch;

		private String cursor;

		private boolean live;

		private List<String> columns = List.of();

		Rows(String sql, String condition) {
			this.sql = sql;
			this.condition = condition;
		}

		boolean isLive() {
			return this.live;
		}

		List<String> columns() {
			return this.columns;
		}

		Set<String> rows() {
			Set<String> all = new TreeSet<>();
			this.rows.values().forEach((row) -> all.add(row.toString()));
			return all;
		}

		private void reset() {
			this.live = false;
			this.cursor = null;
		}

		private void acknowledged(Acknowledged acknowledged) {
			List<String> told = acknowledged.query().projection().columns().stream().map(Column::name).toList();
			if (acknowledged.resumed()) {
				assertThat(told).as("the columns of a resumed subscription").isEqualTo(this.columns);
			}
			else {
				this.rows.clear();
			}
			this.columns = told;
			this.epoch = acknowledged.epoch().value();
		}

		private void apply(SubscriptionChange change) {
			switch (change.operation()) {
				case INSERT -> put(change.row());
				case UPDATE -> {
					remove(change.old());
					put(change.row());
				}
				case DELETE -> remove(change.old());
				case TRUNCATE -> this.rows.clear();
			}
		}

		private void put(byte[] json) {
			JsonNode row = JsonMapper.shared().readTree(json);
			assertThat(row.propertyNames()).as("the columns of %s", row).containsExactlyElementsOf(this.columns);
			assertThat(row.values()).as("a column that nobody has filled with null").noneMatch(JsonNode::isNull);
			assertThat(this.rows.put(row.get("id").asString(), row)).as("told twice: %s", row).isNull();
		}

		private void remove(byte[] json) {
			JsonNode old = JsonMapper.shared().readTree(json);
			assertThat(this.rows.remove(old.get("id").asString())).as("what is updated or deleted: %s", old)
				.isNotNull();
		}

	}

}
