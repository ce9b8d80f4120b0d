package io.kalam.oracle;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.access.RealtimeUser;
import io.kalam.protocol.EventFrames;
import io.kalam.protocol.SharedFrames;
import io.kalam.subscription.SessionSettings;
import io.kalam.subscription.SubscribeRequest;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionSession;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that has never heard of transactions, marks or resets: reads the frames that
 * it is sent, and subscribes again when it is told to.
 */
final class LegacyClient {

	private final String user;

	private final SubscriptionSession session;

	private final EventFrames frames = new EventFrames(false, Clock.systemUTC(), new SharedFrames());

	private final OracleCounts counts;

	private final OracleServer server;

	private final Map<String, LegacyHeld> held = new LinkedHashMap<>();

	private final List<LegacyHeld> refused = new ArrayList<>();

	LegacyClient(OracleServer server, String user, boolean slow, OracleCounts counts, Runnable available) {
		this.server = server;
		this.user = user;
		this.counts = counts;
		this.session = server.sessions()
			.open(new RealtimeUser(user, "user", Set.of(), Instant.MAX),
					new SessionSettings(false, 100, slow ? 2000 : 1 << 20), available);
	}

	String user() {
		return this.user;
	}

	SubscriptionSession session() {
		return this.session;
	}

	Map<String, LegacyHeld> held() {
		return this.held;
	}

	/**
	 * What has ended because its user may not read it.
	 */
	List<LegacyHeld> refused() {
		return this.refused;
	}

	void subscribe(String id, LegacyHeld begun, int batchSize) {
		this.counts.subscriptions.incrementAndGet();
		this.held.put(id, begun);
		begun.requested(this.server, this.user);
		String from = (begun.cursor != null) ? begun.cursor.toString() : null;
		this.session.subscribe(new SubscribeRequest(id, begun.query().sql(), begun.query().params(), true, batchSize, 0,
				from, null, false, false, Wanted.delivery(id)));
	}

	LegacyHeld unsubscribe(String id) {
		this.session.unsubscribe(id);
		this.frames.unsubscribed(id);
		return this.held.remove(id);
	}

	/**
	 * Takes an event.
	 * @return whether there was one
	 */
	boolean step() {
		SubscriptionEvent event = this.session.poll();
		if (event == null) {
			return false;
		}
		this.frames.write(event, (frame) -> {
			JsonNode json = JsonMapper.shared().readTree(frame);
			try {
				take(json);
			}
			catch (AssertionError ex) {
				throw new AssertionError("User " + this.user + ", a legacy client with " + this.held.keySet() + ": "
						+ json + " for " + this.held.get(json.path("subscription_id").asString("")), ex);
			}
		});
		return true;
	}

	private void take(JsonNode frame) {
		String id = frame.get("subscription_id").stringValue();
		LegacyHeld rows = this.held.get(id);
		assertThat(rows).as("%s, which is none of %s", id, this.held.keySet()).isNotNull();
		switch (frame.get("type").stringValue()) {
			case "subscription_ack" -> {
				(frame.get("resumed").booleanValue() ? this.counts.resumes : this.counts.snapshots).incrementAndGet();
				rows.acknowledged(frame, this.server.process());
			}
			case "initial_data_batch" -> rows.batch(frame);
			case "change" -> {
				this.counts.legacyFrames.incrementAndGet();
				this.counts.legacyEvents.addAndGet(rows.query().table().isStream() ? 1 : 0);
				this.counts.folded.addAndGet(frame.path("folded").asInt(0));
				rows.change(frame);
			}
			case "error" -> error(id, rows, frame);
			default -> throw new AssertionError("A frame that a legacy client does not know");
		}
	}

	/**
	 * A cursor without an epoch may be refused by every engine but the one that gave it.
	 */
	private void error(String id, LegacyHeld rows, JsonNode frame) {
		this.held.remove(id);
		switch (frame.get("code").stringValue()) {
			case "CURSOR_EXPIRED" -> {
				this.counts.refusals.incrementAndGet();
				subscribe(id, new LegacyHeld(rows.query()), 1000);
			}
			case "RESYNC_REQUIRED" -> {
				this.counts.resyncs.incrementAndGet();
				subscribe(id, new LegacyHeld(rows.query()), 1000);
			}
			case "UNAUTHORIZED", "NOT_FOUND" -> {
				assertThat(rows.mayBeDenied(this.server, this.user)).as(frame.toString()).isTrue();
				this.counts.legacyRefusals.incrementAndGet();
				this.refused.add(rows);
			}
			default -> throw new AssertionError("An error without a reason");
		}
	}

}
