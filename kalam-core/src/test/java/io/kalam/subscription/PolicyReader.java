package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.kalam.access.RealtimeUser;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client with one subscription to documents, which does what it is told and keeps all
 * that it was ever told.
 */
final class PolicyReader implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	final List<SubscriptionEvent> events = new ArrayList<>();

	final TreeMap<Long, String> rows = new TreeMap<>();

	final SubscriptionSession session;

	String epoch = "";

	String cursor = "";

	PolicyReader(SubscriptionSessions sessions, String user, boolean transactions) {
		this(sessions, new RealtimeUser(user, "user", Set.of(), Instant.MAX), transactions);
	}

	PolicyReader(SubscriptionSessions sessions, RealtimeUser user, boolean transactions) {
		this.session = sessions.open(user, new SessionSettings(transactions, 10, 1 << 20), () -> {
		});
	}

	PolicyReader subscribe(String sql, Object... params) {
		return begin(sql, 0, null, null, params);
	}

	PolicyReader begin(String sql, int lastRows, String from, String epoch, Object... params) {
		this.session
			.subscribe(new SubscribeRequest("s", sql, List.of(params), true, 2, lastRows, from, epoch, false, false));
		return this;
	}

	PolicyReader awaitLive() {
		await((event) -> event instanceof Mark mark && "s".equals(mark.id()));
		return this;
	}

	SubscriptionEvent.Failed awaitFailure() {
		return (SubscriptionEvent.Failed) await(SubscriptionEvent.Failed.class::isInstance);
	}

	/**
	 * Waits until it holds rows with some titles, no more and no less.
	 */
	void awaitTitles(String... titles) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> {
			drain();
			return List.copyOf(this.rows.values()).equals(List.of(titles));
		});
	}

	SubscriptionEvent await(Predicate<SubscriptionEvent> wanted) {
		List<SubscriptionEvent> found = new ArrayList<>();
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> {
			SubscriptionEvent event = next();
			if (event != null && wanted.test(event)) {
				found.add(event);
			}
			return !found.isEmpty();
		});
		return found.get(0);
	}

	void drain() {
		while (next() != null) {
			continue;
		}
	}

	private SubscriptionEvent next() {
		SubscriptionEvent event = this.session.poll();
		if (event != null) {
			this.events.add(event);
			take(event);
		}
		return event;
	}

	private void take(SubscriptionEvent event) {
		if (event instanceof Acknowledged acknowledged) {
			this.epoch = acknowledged.epoch().value();
		}
		else if (event instanceof Batch batch) {
			batch.rows().forEach(this::put);
		}
		else if (event instanceof Reset reset && reset.purge()) {
			this.rows.clear();
		}
		else if (event instanceof Mark mark) {
			this.cursor = mark.sequence().toString();
		}
		else if (event instanceof Transaction transaction) {
			transaction.changes().forEach(this::apply);
			this.cursor = transaction.sequence().toString();
		}
	}

	private void apply(SubscriptionChange change) {
		if (change.row() != null) {
			put(change.row());
		}
		else {
			this.rows.remove(json(change.old()).get("id").asLong());
		}
	}

	private void put(byte[] row) {
		JsonNode json = json(row);
		this.rows.put(json.get("id").asLong(), json.path("title").asString(""));
	}

	/**
	 * All rows that it was ever told of, as text.
	 */
	String told() {
		StringBuilder told = new StringBuilder();
		for (SubscriptionEvent event : this.events) {
			if (event instanceof Batch batch) {
				batch.rows().forEach((row) -> told.append(json(row)));
			}
			else if (event instanceof Transaction transaction) {
				transaction.changes().forEach((change) -> {
					told.append((change.row() != null) ? json(change.row()) : "");
					told.append((change.old() != null) ? json(change.old()) : "");
				});
			}
		}
		return told.toString();
	}

	private static JsonNode json(byte[] json) {
		return JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		this.session.close();
	}

}
