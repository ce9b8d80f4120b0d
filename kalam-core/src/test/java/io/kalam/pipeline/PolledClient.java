package io.kalam.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.kalam.access.RealtimeUser;
import io.kalam.subscription.SessionSettings;
import io.kalam.subscription.SubscribeRequest;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionSession;
import io.kalam.testing.TestEngine;
import org.awaitility.Awaitility;

/**
 * A client that subscribes to whole tables, by their names, and takes events until one is
 * what it waits for.
 */
final class PolledClient implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	final List<SubscriptionEvent> polled = new ArrayList<>();

	private final SubscriptionSession session;

	PolledClient(TestEngine engine, String user) {
		this.session = engine.sessions()
			.open(new RealtimeUser(user, "user", Set.of(), Instant.MAX), new SessionSettings(true, 10, 1 << 20), () -> {
			});
	}

	void subscribe(String table) {
		subscribe(table, null, null);
	}

	void subscribe(String table, String from, String epoch) {
		this.session.subscribe(new SubscribeRequest(table, "SELECT * FROM " + table, List.of(), true, 100, 0, from,
				epoch, false, false));
	}

	void query(String id, String sql) {
		this.session.subscribe(new SubscribeRequest(id, sql, List.of(), true, 100, 0, null, null, false, false));
	}

	/**
	 * Waits until a subscription is live.
	 */
	Mark awaitLive(String table) {
		return (Mark) await((event) -> event instanceof Mark mark && table.equals(mark.id()));
	}

	<T extends SubscriptionEvent> T await(Class<T> type) {
		return type.cast(await(type::isInstance));
	}

	SubscriptionEvent await(Predicate<SubscriptionEvent> wanted) {
		List<SubscriptionEvent> found = new ArrayList<>();
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> {
			SubscriptionEvent event = this.session.poll();
			if (event != null) {
				this.polled.add(event);
				if (wanted.test(event)) {
					found.add(event);
				}
			}
			return !found.isEmpty();
		});
		return found.get(0);
	}

	@Override
	public void close() {
		this.session.close();
	}

}
