package io.kalam.oracle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.kalam.access.RealtimeUser;
import io.kalam.sequence.Sequence;
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
 * A client of windows: holds the rows of each of its queries by their keys.
 */
final class WindowClient implements AutoCloseable {

	private final Map<String, Held> held = new LinkedHashMap<>();

	private final List<SubscriptionChange> parts = new ArrayList<>();

	private final SubscriptionSession session;

	int refills;

	WindowClient(SubscriptionSessions sessions, long maxBuffer) {
		this.session = sessions.open(new RealtimeUser("ann", "user", Set.of(), Instant.MAX),
				new SessionSettings(true, 20, maxBuffer), () -> {
				});
	}

	/**
	 * Subscribes to a query under its text as its name.
	 */
	void subscribe(String sql, String key) {
		this.held.put(sql, new Held(key));
		this.session.subscribe(new SubscribeRequest(sql, sql, List.of(), true, 3, 0, null, null, false, false));
	}

	void mark() {
		this.session.mark();
	}

	/**
	 * Takes events until there is none for now.
	 */
	void take() {
		SubscriptionEvent event = this.session.poll();
		while (event != null) {
			take(event);
			event = this.session.poll();
		}
	}

	private void take(SubscriptionEvent event) {
		if (event instanceof Acknowledged acknowledged) {
			assertThat(acknowledged.resumed()).isFalse();
			this.held.get(acknowledged.id()).rows.clear();
		}
		else if (event instanceof Batch batch) {
			Held rows = this.held.get(batch.id());
			batch.rows().forEach(rows::put);
		}
		else if (event instanceof Transaction transaction) {
			this.parts.addAll(transaction.changes());
			if (transaction.last()) {
				this.parts.forEach((change) -> this.held.get(change.id()).apply(change));
				this.parts.clear();
			}
		}
		else if (event instanceof Reset reset) {
			assertThat(reset.reason()).isEqualTo(Reset.Reason.WINDOW);
			this.refills++;
			this.held.get(reset.id()).cursor = null;
			this.held.get(reset.id()).live = false;
		}
		else if (event instanceof Mark mark) {
			this.held.forEach((id, rows) -> rows.mark(id.equals(mark.id()), mark.id() == null, mark.sequence()));
		}
		else if (event instanceof Failed failed) {
			throw new AssertionError(failed.id() + " has failed: " + failed.message());
		}
	}

	/**
	 * Whether every query is marked at a position or behind it.
	 */
	boolean isMarked(Sequence position) {
		return this.held.values().stream().allMatch((rows) -> rows.cursor != null && !position.isAfter(rows.cursor));
	}

	/**
	 * The rows of a query by their keys.
	 */
	Map<String, JsonNode> rows(String sql) {
		return this.held.get(sql).rows;
	}

	@Override
	public void close() {
		this.session.close();
	}

	private static final class Held {

		private final String key;

		private final Map<String, JsonNode> rows = new TreeMap<>();

		private boolean live;

		private Sequence cursor;

		Held(String key) {
			this.key = key;
		}

		void mark(boolean mine, boolean all, Sequence sequence) {
			this.live |= mine;
			if (mine || (all && this.live)) {
				this.cursor = sequence;
			}
		}

		JsonNode put(byte[] row) {
			JsonNode json = JsonMapper.shared().readTree(new String(row, StandardCharsets.UTF_8));
			return this.rows.put(json.get(this.key).asString(), json);
		}

		void apply(SubscriptionChange change) {
			switch (change.operation()) {
				case INSERT -> assertThat(put(change.row())).as("inserted twice").isNull();
				case UPDATE -> assertThat(put(change.row())).as("updated what is not there").isNotNull();
				case DELETE -> {
					JsonNode old = JsonMapper.shared().readTree(new String(change.old(), StandardCharsets.UTF_8));
					assertThat(this.rows.remove(old.get(this.key).asString())).as("deleted what is not there")
						.isEqualTo(old);
				}
				case TRUNCATE -> this.rows.clear();
			}
		}

	}

}
