package io.kalam.boot;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application is replaced by another one that has no journal of its own, while
 * everybody works. On a machine that does nothing else the old one ends within ten
 * seconds and the slot is free within two; here only the order counts: marked, sent away,
 * ended, replaced. {@code -Dkalam.restart.clients=2000} says how many clients are sent
 * away at once.
 */
class RollingRestartIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * Less than the 30 s for which Boot and Kubernetes wait, whatever else the machine
	 * does.
	 */
	private static final Duration EXIT = Duration.ofSeconds(25);

	/**
	 * So often that what is acknowledged too early would be.
	 */
	private static final String BEAT = "kalam.capture.heartbeat-interval=20ms";

	private static final int CROWD = Integer.getInteger("kalam.restart.clients", 300);

	private final List<Ticketholder> clients = new ArrayList<>();

	private RunningApplication next;

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().durable(true).start();
		this.settings = RunningApplication.settings(this.server);
		TestPostgres.execute(this.settings,
				"CREATE TABLE tickets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, assignee_id text, title text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
	}

	@AfterEach
	void stop() {
		this.clients.forEach(Ticketholder::close);
		if (this.next != null) {
			this.next.close();
		}
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everybodyResumesAndNothingIsMissing(boolean overlapping) throws InterruptedException {
		AtomicBoolean writing = new AtomicBoolean(true);
		List<CompletableFuture<Void>> writers = List.of(write(writing, "one"), write(writing, "two"));
		try (LiveProcess process = LiveProcess.start(this.settings, BEAT)) {
			connect(process, 60);
			if (overlapping) {
				this.next = RunningApplication.start(this.settings);
			}
			process.terminate();
			assertThat(process.awaitExit(EXIT.toSeconds())).as("it ends by itself in time").isTrue();
		}
		this.clients.forEach((client) -> client.awaitSentAway());
		assertThat(this.clients).allMatch((client) -> client.lastWord().equals("mark"));
		if (!overlapping) {
			this.next = RunningApplication.start(this.settings);
		}
		this.clients.forEach((client) -> client.connect(this.next.socket()));
		this.clients.forEach(Ticketholder::awaitLive);
		assertThat(this.clients).allMatch(Ticketholder::hasResumed);
		writing.set(false);
		writers.forEach(CompletableFuture::join);
		for (Ticketholder client : this.clients) {
			Set<String> wanted = titles(client.name());
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.atMost(PATIENCE)
				.until(() -> client.titles().size() >= wanted.size());
			assertThat(client.titles()).doesNotHaveDuplicates().hasSameElementsAs(wanted);
		}
	}

	@Test
	void aTerminatedProcessSendsACrowdAwayAndTheNextResumesIt() throws InterruptedException {
		TestPostgres.execute(this.settings, "INSERT INTO tickets (assignee_id, title) VALUES ('u0', 'first')");
		Set<Integer> delays = new HashSet<>();
		try (LiveProcess process = LiveProcess.start(this.settings, BEAT,
				"kalam.websocket.max-connections-per-user=" + CROWD)) {
			for (int i = 0; i < CROWD; i++) {
				Ticketholder client = new Ticketholder("u0");
				this.clients.add(client);
				client.connect(process.socket());
			}
			this.clients.forEach(Ticketholder::awaitLive);
			process.terminate();
			assertThat(process.awaitExit(EXIT.toSeconds())).as("it ends by itself in time").isTrue();
		}
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> TestPostgres.value(this.settings, "SELECT count(*) FROM pg_replication_slots WHERE active")
				.equals("0"));
		this.clients.forEach((client) -> delays.add(client.awaitSentAway()));
		assertThat(delays).hasSizeGreaterThan(CROWD / 2).allMatch((delay) -> delay >= 0 && delay <= 5000);
		TestPostgres.execute(this.settings, "INSERT INTO tickets (assignee_id, title) VALUES ('u0', 'second')");
		try (RunningApplication application = RunningApplication.start(this.settings,
				"kalam.websocket.max-connections-per-user=" + CROWD)) {
			this.clients.forEach((client) -> client.connect(application.socket()));
			for (Ticketholder client : this.clients) {
				client.awaitTitle("second");
				assertThat(client.hasResumed()).isTrue();
				assertThat(client.titles()).containsExactly("first", "second");
			}
		}
	}

	private void connect(LiveProcess process, int number) {
		IntStream.range(0, number).forEach((i) -> this.clients.add(new Ticketholder("u" + i)));
		this.clients.forEach((client) -> client.connect(process.socket()));
		this.clients.forEach(Ticketholder::awaitLive);
	}

	/**
	 * Commits rows of several owners at a time until it is told to stop.
	 */
	private CompletableFuture<Void> write(AtomicBoolean writing, String writer) {
		return CompletableFuture.runAsync(() -> {
			try (Connection connection = this.settings.connect();
					PreparedStatement statement = connection.prepareStatement("""
							INSERT INTO tickets (assignee_id, title)
							SELECT 'u' || (random() * 59)::int, ? || '-' || ? || '-' || n
							FROM generate_series(1, 5) n, LATERAL (SELECT pg_sleep(0.002)) AS pause
							""")) {
				for (int i = 0; writing.get(); i++) {
					statement.setString(1, writer);
					statement.setInt(2, i);
					statement.execute();
				}
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}, (task) -> new Thread(task, "writer-" + writer).start());
	}

	private Set<String> titles(String owner) {
		Set<String> titles = new HashSet<>();
		try (Connection connection = this.settings.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT title FROM tickets WHERE assignee_id = '" + owner + "'")) {
			while (row.next()) {
				titles.add(row.getString(1));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return titles;
	}

}
