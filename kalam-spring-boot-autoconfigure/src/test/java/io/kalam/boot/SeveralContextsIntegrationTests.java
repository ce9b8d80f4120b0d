package io.kalam.boot;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.EventStreamClient;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several applications in one virtual machine: neither knows of the other.
 */
class SeveralContextsIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final String QUERY = "SELECT id, title FROM tickets";

	private final Path directory = RunningApplication.newDirectory();

	private EmbeddedPostgresServer server;

	private PostgresSettings one;

	private PostgresSettings other;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().durable(true).start();
		this.one = RunningApplication.settings(this.server);
		TestPostgres.execute(this.one, "CREATE DATABASE other");
		this.other = new PostgresSettings(this.one.host(), this.one.port(), "other", this.one.user(),
				this.one.password(), Map.of());
		List.of(this.one, this.other)
			.forEach((settings) -> TestPostgres.execute(settings,
					"CREATE TABLE tickets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, assignee_id text,"
							+ " title text)",
					"ALTER TABLE tickets REPLICA IDENTITY FULL"));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void eachServesItsOwnDatabaseAndOutlivesTheOther() {
		try (RunningApplication stays = start(this.other);
				Ticketholder goes = new Ticketholder("alice");
				Ticketholder holder = new Ticketholder("alice")) {
			holder.connect(stays.socket());
			holder.awaitLive();
			try (RunningApplication first = start(this.one)) {
				goes.connect(first.socket());
				goes.awaitLive();
				tell(this.one, "one", goes);
				tell(this.other, "other", holder);
				assertThat(beans()).isEqualTo(2);
				assertThat(List.of(connections(first), connections(stays))).containsExactly(1, 1);
				goes.disconnect();
			}
			assertThat(beans()).isEqualTo(1);
			tell(this.other, "after", holder);
			servesNewcomers(stays.socket());
			insert(this.one, "missed");
			try (RunningApplication again = start(this.one)) {
				goes.connect(again.socket());
				goes.awaitTitle("missed");
				assertThat(goes.hasResumed()).isTrue();
			}
			tell(this.other, "last", holder);
			assertThat(goes.titles()).containsExactly("one", "missed");
			assertThat(holder.titles()).containsExactly("other", "after", "last");
		}
		assertThat(beans()).isZero();
		OwnThreads.awaitNone();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whoWantsTheSlotOfAnotherStandsBy(boolean sameDirectory) {
		Path second = sameDirectory ? this.directory : RunningApplication.newDirectory();
		try (Ticketholder alice = new Ticketholder("alice"); RunningApplication first = start(this.one)) {
			alice.connect(first.socket());
			alice.awaitLive();
			tell(this.one, "first", alice);
			try (RunningApplication standby = RunningApplication.startOperated(this.one,
					"kalam.journal.directory=" + second)) {
				Awaitility.await()
					.atMost(PATIENCE)
					.until(() -> "standby".equals(standby.health().getDetails().get("state")));
				assertThat(Ticketholder.refusal(standby.socket())).isEqualTo(503);
				tell(this.one, "still the first", alice);
				first.stop();
				alice.awaitSentAway();
				insert(this.one, "meanwhile");
				Awaitility.await().atMost(PATIENCE).until(() -> standby.status().equals("UP"));
				alice.connect(standby.socket());
				alice.awaitTitle("meanwhile");
				assertThat(alice.hasResumed()).isTrue();
				assertThat(alice.titles()).containsExactly("first", "still the first", "meanwhile");
			}
		}
		OwnThreads.awaitNone();
	}

	private RunningApplication start(PostgresSettings settings) {
		return RunningApplication.startOperatedWith(OwnLoops.class, settings,
				"kalam.journal.directory=" + this.directory, "management.endpoints.web.exposure.include=*");
	}

	private static void servesNewcomers(URI socket) {
		try (Ticketholder newcomer = new Ticketholder("alice");
				EventStreamClient stream = EventStreamClient.open(socket.getPort(), "alice", QUERY, null).reading()) {
			newcomer.connect(socket);
			newcomer.awaitTitle("after");
			assertThat(stream.until("initial_data_batch").findValuesAsString("title")).contains("after");
		}
	}

	private static int connections(RunningApplication application) {
		return application.get("/actuator/metrics/kalam.connections").body().at("/measurements/0/value").asInt();
	}

	/**
	 * How many streams Debezium has registered.
	 */
	private static int beans() {
		try {
			return ManagementFactory.getPlatformMBeanServer()
				.queryNames(new ObjectName("debezium.postgres:context=streaming,*"), null)
				.size();
		}
		catch (MalformedObjectNameException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void tell(PostgresSettings settings, String title, Ticketholder holder) {
		insert(settings, title);
		holder.awaitTitle(title);
	}

	private static void insert(PostgresSettings settings, String title) {
		TestPostgres.execute(settings, "INSERT INTO tickets (assignee_id, title) VALUES ('alice', '" + title + "')");
	}

	/**
	 * Without it, the first WebFlux application that ends takes the event loops of all.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnLoops {

		@Bean
		ReactorResourceFactory eventLoops() {
			ReactorResourceFactory loops = new ReactorResourceFactory();
			loops.setUseGlobalResources(false);
			return loops;
		}

	}

}
