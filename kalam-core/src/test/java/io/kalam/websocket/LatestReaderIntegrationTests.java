package io.kalam.websocket;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.kalam.subscription.SubscriptionStatus;
import io.kalam.testing.RawClient;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that wants the latest and reads nothing while ten rows are changed ten
 * thousand times, on both stacks: what waits for it are ten rows, and that is what it
 * reads then.
 */
class LatestReaderIntegrationTests extends EventStreamServer {

	private static final int BUFFER = 256 * 1024;

	private static final int COMMITS = 10_000;

	private static final Pattern UPDATE = Pattern.compile("\"row\":\\{\"id\":\"(\\d)\",\"body\":\"(\\d+)x");

	private static final Pattern FOLDED = Pattern.compile("\"folded\":\\{\"s\":(\\d+)}");

	@Test
	void readsWhatIsThereInTheEnd() {
		stopServer();
		WebSocketSettings.Limits defaults = WebSocketSettings.Limits.defaults();
		serve(PATIENCE, Duration.ofSeconds(120),
				new WebSocketSettings.Limits(defaults.messageSize(), defaults.messagesPerSecond(),
						defaults.messageBurst(), defaults.subscriptions(), defaults.connectionsPerUser(), BUFFER),
				this.stack);
		TestPostgres.execute(this.postgres,
				"INSERT INTO notes SELECT n, 'alice', repeat('x', 2000) FROM generate_series(0, 9) n");
		this.engine.settle();
		try (RawClient slow = RawClient.webSocket(this.container.port(), "alice")) {
			slow.say("{\"type\":\"subscribe\",\"subscription\":{\"id\":\"s\",\"sql\":\"" + ALL
					+ "\",\"options\":{\"deliver\":\"latest\"}}}");
			awaitLive();
			for (int from = 1; from < COMMITS; from += COMMITS / 10) {
				change(from, from + COMMITS / 10 - 1);
				this.engine.settle();
				assertThat(sessions()).singleElement().satisfies((session) -> {
					assertThat(session.queuedBytes()).isLessThan(BUFFER);
					assertThat(session.behind()).isFalse();
				});
			}
			check(slow.readUpTo("\"body\":\"" + COMMITS + "x"));
		}
	}

	private void change(int from, int to) {
		TestPostgres.execute(this.postgres,
				"DO $$ BEGIN FOR i IN " + from + ".." + to
						+ " LOOP UPDATE notes SET body = i || repeat('x', 2000) WHERE id = i % 10;"
						+ " COMMIT; END LOOP; END $$");
	}

	private void awaitLive() {
		Awaitility.await("it is live")
			.atMost(PATIENCE)
			.until(() -> sessions().stream()
				.flatMap((session) -> session.subscriptions().stream())
				.anyMatch((subscription) -> subscription.stage() == SubscriptionStatus.Stage.LIVE));
	}

	private static void check(String read) {
		Map<Integer, Integer> rows = new TreeMap<>();
		int told = 0;
		for (MatchResult update : UPDATE.matcher(read).results().toList()) {
			told++;
			assertThat(rows.put(Integer.valueOf(update.group(1)), Integer.valueOf(update.group(2))))
				.as("what was told before")
				.satisfiesAnyOf((before) -> assertThat(before).isNull(),
						(before) -> assertThat(before).isLessThan(Integer.parseInt(update.group(2))));
		}
		int folded = FOLDED.matcher(read).results().mapToInt((left) -> Integer.parseInt(left.group(1))).sum();
		assertThat(told).as("changes that are told").isLessThan(COMMITS / 2);
		assertThat(told + folded).isEqualTo(COMMITS);
		rows.forEach((id, last) -> assertThat(last).isEqualTo((id == 0) ? COMMITS : COMMITS - 10 + id));
		assertThat(rows).hasSize(10);
	}

}
