package io.kalam.boot;

import java.time.Duration;

import io.kalam.boot.observation.KalamObservationAutoConfiguration;
import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.EventStreamClient;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.tck.TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is observed of clients, over real sockets and event streams.
 */
class ObservationIntegrationTests {

	private static final String TABLE = "public.tickets";

	private static EmbeddedPostgresServer postgres;

	private static PostgresSettings settings;

	private static RunningApplication application;

	@BeforeAll
	static void start() {
		postgres = EmbeddedPostgresServer.builder().start();
		settings = RunningApplication.settings(postgres);
		TestPostgres.execute(settings, "CREATE TABLE tickets (id bigint PRIMARY KEY, assignee_id text, title text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL", "INSERT INTO tickets VALUES (1, 'alice', 'secret')");
		application = RunningApplication.startOperatedWith(Observed.class, settings);
	}

	@AfterAll
	static void stop() {
		application.close();
		postgres.close();
	}

	@BeforeEach
	void forget() {
		application.bean(TestObservationRegistry.class).clear();
	}

	@Test
	void aClientIsObservedAndNotWhatItIsTold() {
		try (RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice")) {
			alice.subscribe("tickets", "SELECT id, title FROM tickets");
			JsonNode mark = alice
				.await((frame) -> frame.path("type").asString("").equals("mark") && frame.has("subscription_id"));
			TestPostgres.execute(settings, "INSERT INTO tickets SELECT n, 'alice', 'x' FROM generate_series(2, 40) n");
			alice.await("transaction");
			alice.send("{\"type\":\"subscribe\",\"subscription\":{\"id\":\"again\",\"sql\":\"SELECT id FROM tickets\","
					+ "\"options\":{\"from\":\"" + mark.get("seq").asString() + "\"}}}");
			observed("kalam.resume", 1);
			observed("kalam.commit", 1);
		}
		assertions()
			.hasHandledContextsThatSatisfy(
					(contexts) -> assertThat(contexts).filteredOn((context) -> context.getName().startsWith("kalam."))
						.hasSize(4))
			.hasAnObservationWithAKeyValue("changes", "39")
			.hasAnObservationWithAKeyValue("rows", "1");
		told("kalam.authentication", KeyValues.of("outcome", "authenticated"));
		told("kalam.snapshot", KeyValues.of("outcome", "read", "table", TABLE));
		told("kalam.resume", KeyValues.of("outcome", "continued", "table", TABLE));
		told("kalam.commit", KeyValues.of("outcome", "published"));
	}

	@Test
	void anEventStreamIsObservedInTheSameWay() {
		try (EventStreamClient alice = EventStreamClient
			.open(application.socket().getPort(), "alice", "SELECT * FROM tickets", "1.other")
			.reading()) {
			alice.place();
			observed("kalam.snapshot", 1);
		}
		told("kalam.authentication", KeyValues.of("outcome", "authenticated"));
		assertions().hasObservationWithNameEqualTo("kalam.authentication")
			.that()
			.hasParentObservationContextMatching((parent) -> "http.server.requests".equals(parent.getName()));
		told("kalam.resume", KeyValues.of("outcome", "foreign", "table", TABLE));
		told("kalam.snapshot", KeyValues.of("outcome", "read", "table", TABLE));
	}

	private static void observed(String name, int times) {
		Awaitility.await(name)
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertions().hasNumberOfObservationsWithNameEqualTo(name, times)
				.hasObservationWithNameEqualTo(name)
				.that()
				.hasBeenStopped());
	}

	private static void told(String name, KeyValues keys) {
		observed(name, 1);
		TestObservationRegistryAssertReturningObservationContextAssert that = assertions()
			.hasObservationWithNameEqualTo(name)
			.that();
		keys.forEach((key) -> that.hasLowCardinalityKeyValue(key.getKey(), key.getValue()));
		that.doesNotHaveError();
	}

	private static TestObservationRegistryAssert assertions() {
		return TestObservationRegistryAssert.assertThat(application.bean(TestObservationRegistry.class));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KalamObservationAutoConfiguration.class)
	static class Observed {

		@Bean
		TestObservationRegistry observations() {
			return TestObservationRegistry.create();
		}

	}

}
