package io.kalam.websocket;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.kalam.protocol.CloseReason;
import io.kalam.subscription.SessionStatus;
import io.kalam.subscription.SubscriptionStatus;
import io.kalam.testing.RawClient;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client whose TCP window is full while thousands of changes are committed for it, on
 * both stacks: it costs the others nothing, and no thread waits for it, not even at its
 * end.
 */
class StalledReaderIntegrationTests extends EventStreamServer {

	private static final int BUFFER = 64 * 1024;

	private static final int COMMITS = 60;

	private static final Set<Thread.State> WAITING = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

	@Test
	void aSocket() {
		limit();
		try (RawClient slow = RawClient.webSocket(this.container.port(), "alice")) {
			slow.say("{\"type\":\"subscribe\",\"subscription\":{\"id\":\"s\",\"sql\":\"" + ALL + "\",\"options\":{}}}");
			stall(slow);
		}
	}

	@Test
	void anEventStream() {
		limit();
		try (RawClient slow = RawClient.eventStream(this.container.port(), "alice", ALL)) {
			stall(slow);
		}
	}

	/**
	 * More of them than the server has threads for requests, cut off at the same time.
	 */
	@Test
	void manyEventStreams() {
		limit();
		List<RawClient> slow = Stream.generate(() -> RawClient.eventStream(this.container.port(), "alice", ALL))
			.limit(8)
			.toList();
		awaitLive(slow.size());
		for (int i = 0; i < COMMITS; i++) {
			commit(i);
		}
		Awaitility.await("all are cut off").atMost(PATIENCE).until(() -> this.connections.count() == 0);
		assertNobodyWaits();
		assertThat(status(request("bob").method("OPTIONS", HttpRequest.BodyPublishers.noBody()).build()))
			.isEqualTo(200);
		slow.forEach(RawClient::awaitCut);
		slow.forEach(RawClient::close);
	}

	/**
	 * What Tomcat ends by itself is counted like what we end.
	 */
	@Test
	@DisabledIf("isWebFlux")
	void anEventStreamForWhichTomcatHasLessPatience() {
		limit(PATIENCE, "3000");
		try (RawClient slow = RawClient.eventStream(this.container.port(), "alice", ALL)) {
			stall(slow);
		}
	}

	private void limit() {
		limit(Duration.ofSeconds(5), "20000");
	}

	private void limit(Duration write, String tomcat) {
		stopServer();
		WebSocketSettings.Limits defaults = WebSocketSettings.Limits.defaults();
		serve(PATIENCE, write,
				new WebSocketSettings.Limits(defaults.messageSize(), defaults.messagesPerSecond(),
						defaults.messageBurst(), defaults.subscriptions(), defaults.connectionsPerUser(), BUFFER),
				isWebFlux() ? this.stack : (connections, settings) -> new TomcatContainer(connections, settings,
						(connector) -> connector.setProperty("connectionTimeout", tomcat)));
		this.told.told.clear();
	}

	private void stall(RawClient slow) {
		boolean behind = false;
		try (RealtimeTestSocket other = RealtimeTestSocket.authenticated(socket(), "bob")) {
			other.subscribe("s", ALL);
			awaitLive(2);
			for (int i = 0; i < COMMITS; i++) {
				String note = commit(i);
				other.await((frame) -> frame.toString().contains(note));
				assertThat(sessions()).allSatisfy((session) -> assertThat(session.queuedBytes()).isLessThan(BUFFER));
				behind |= sessions().stream().anyMatch(SessionStatus::behind);
			}
			assertThat(behind).as("the slow one is fed from the journal").isTrue();
			assertNobodyWaits();
			Awaitility.await("it is cut off").atMost(PATIENCE).until(() -> this.connections.count() == 1);
			assertThat(this.told.told).filteredOn(CloseReason.class::isInstance).containsExactly(CloseReason.STALLED);
			assertThat(sessions()).extracting((session) -> session.user().name()).containsExactly("bob");
			assertNobodyWaits();
			slow.awaitCut();
			assertNobodyWaits();
		}
	}

	/**
	 * Commits a hundred changes for alice and one for bob.
	 * @return what bob is told
	 */
	private String commit(int number) {
		String note = "note " + number + " for bob";
		TestPostgres.execute(this.postgres,
				"INSERT INTO notes SELECT " + number + " * 100 + n, 'alice', repeat('x', 3000) "
						+ "FROM generate_series(1, 100) n",
				"INSERT INTO notes VALUES (-1 - " + number + ", 'bob', '" + note + "')");
		return note;
	}

	private void awaitLive(int count) {
		Awaitility.await("all are live")
			.atMost(PATIENCE)
			.until(() -> sessions().stream()
				.flatMap((session) -> session.subscriptions().stream())
				.filter((subscription) -> subscription.stage() == SubscriptionStatus.Stage.LIVE)
				.count() == count);
	}

	/**
	 * No thread of the server's or of the connections' waits for anything but work: one
	 * that waited for a client would at every look, as long as its patience lasts.
	 */
	private static void assertNobodyWaits() {
		Awaitility.await("no thread waits for a client")
			.during(Duration.ofMillis(500))
			.atMost(PATIENCE)
			.failFast(() -> assertThat(waiting()).isEmpty())
			.until(() -> true);
	}

	private static List<String> waiting() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> serves(thread.getKey().getName()))
			.filter((thread) -> WAITING.contains(thread.getKey().getState()))
			.filter((thread) -> Stream.of(thread.getValue())
				.noneMatch((frame) -> frame.getMethodName().equals("getTask")))
			.map(StalledReaderIntegrationTests::describe)
			.toList();
	}

	private static boolean serves(String name) {
		return name.contains("-exec-") || name.startsWith("reactor-http-") || name.startsWith("kalam-websocket-");
	}

	private static String describe(Map.Entry<Thread, StackTraceElement[]> thread) {
		return thread.getKey() + " " + List.of(thread.getValue());
	}

}
