package io.kalam.boot;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.kalam.access.AccessDecision;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.PostgresSettings;
import io.kalam.operations.RealtimeSecurity;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.EventStreamClient;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running application with a policy that asks its database, over a WebSocket: what is
 * given and taken while clients are there.
 */
class AccessPolicyApplicationIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String ALL = "SELECT id, title FROM tickets";

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().start();
		this.settings = RunningApplication.settings(this.server);
		TestPostgres.execute(this.settings, "CREATE TABLE grants (who text, title text)",
				"CREATE TABLE tickets (id bigint PRIMARY KEY, assignee_id text, title text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL",
				"INSERT INTO tickets VALUES (1, 'alice', 'a'), (2, 'alice', 'b'), (3, 'bob', 'a'), (4, 'alice', 'c')",
				"INSERT INTO grants VALUES ('alice', 'a'), ('alice', 'c'), ('bob', 'b')");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void whatIsGivenAndTakenWhileClientsAreThere() {
		try (RunningApplication application = RunningApplication.startOperatedWith(Policies.class, this.settings,
				"management.endpoints.web.exposure.include=*");
				RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice");
				RealtimeTestSocket bob = RealtimeTestSocket.authenticated(application.socket(), "bob")) {
			assertThat(subscribe(alice)).containsExactlyInAnyOrder("1 a", "4 c");
			assertThat(subscribe(bob)).isEmpty();
			assertThat(explain(application, 1).at("/access").asString()).isEqualTo("some-rows");
			assertThat(explain(application, 1).at("/row/readable").asBoolean()).isTrue();
			assertThat(explain(application, 2).at("/conclusion").asString()).contains("access policies");
			execute("UPDATE tickets SET title = 'b' WHERE id = 1", "UPDATE tickets SET title = 'a' WHERE id = 2");
			assertThat(alice.await("transaction").at("/changes/0/op").asString()).isEqualTo("delete");
			assertThat(alice.await("transaction").at("/changes/0/op").asString()).isEqualTo("insert");
			execute("DELETE FROM grants WHERE title = 'a'", "INSERT INTO grants VALUES ('alice', 'b')");
			application.bean(RealtimeSecurity.class).reevaluate("alice").orTimeout(60, TimeUnit.SECONDS).join();
			JsonNode reset = alice.await("reset");
			assertThat(reset.path("reason").asString()).isEqualTo("policy");
			assertThat(reset.path("purge").asBoolean()).isTrue();
			assertThat(rows(alice)).containsExactlyInAnyOrder("1 b", "4 c");
			alice.await("mark");
			execute("UPDATE tickets SET title = title WHERE id = 2", "UPDATE tickets SET title = 'c' WHERE id = 1");
			assertThat(alice.await("transaction").at("/changes/0/row/title").asString()).isEqualTo("c");
			assertThat(bob.frames()).noneMatch((frame) -> frame.path("type").asString().equals("reset"));
			execute("DELETE FROM grants WHERE who = 'alice'");
			alice.authenticate("alice");
			JsonNode error = alice.await("error");
			assertThat(error.path("code").asString()).isEqualTo("UNAUTHORIZED");
			assertThat(error.toString()).doesNotContain("grants", "Policies");
			alice.subscribe("again", ALL);
			assertThat(alice.await("error").path("code").asString()).isEqualTo("NOT_FOUND");
		}
	}

	@Test
	void anEventStreamIsDecidedAboutTooAndAgain() {
		try (RunningApplication application = RunningApplication.startOperatedWith(Policies.class, this.settings)) {
			String before;
			try (EventStreamClient alice = stream(application, null)) {
				assertThat(titles(alice)).containsExactlyInAnyOrder("a", "c");
				before = alice.place();
				execute("UPDATE tickets SET title = 'd' WHERE id = 2", "UPDATE tickets SET title = 'c' WHERE id = 2");
				assertThat(alice.until("transaction").at("/changes/0/row/title").asString()).isEqualTo("c");
				execute("DELETE FROM grants WHERE title = 'a'");
				application.bean(RealtimeSecurity.class).reevaluateAll().orTimeout(60, TimeUnit.SECONDS).join();
				assertThat(alice.until("reset").path("purge").asBoolean()).isTrue();
				assertThat(titles(alice)).containsExactly("c", "c");
			}
			try (EventStreamClient alice = stream(application, before)) {
				assertThat(alice.until("reset").path("reason").asString()).isEqualTo("expired");
				assertThat(titles(alice)).containsExactly("c", "c");
			}
			execute("DELETE FROM grants");
			try (EventStreamClient alice = stream(application, before)) {
				assertThat(alice.until("error").path("code").asString()).isEqualTo("NOT_FOUND");
			}
		}
	}

	private static EventStreamClient stream(RunningApplication application, @Nullable String place) {
		return EventStreamClient.open(application.socket().getPort(), "alice", ALL, place).reading();
	}

	private static List<String> titles(EventStreamClient stream) {
		return stream.until("initial_data_batch").path("rows").findValuesAsString("title");
	}

	private void execute(String... statements) {
		TestPostgres.execute(this.settings, statements);
	}

	private static JsonNode explain(RunningApplication application, int key) {
		return application.get("/actuator/kalam/explain?table=tickets&key=" + key + "&user=alice").body();
	}

	private static List<String> subscribe(RealtimeTestSocket socket) {
		List<String> rows = new ArrayList<>();
		Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
			socket.subscribe("tickets", ALL);
			JsonNode answer = socket
				.await((frame) -> List.of("subscription_ack", "error").contains(frame.path("type").asString()));
			return answer.path("type").asString().equals("subscription_ack");
		});
		rows.addAll(rows(socket));
		socket.await((frame) -> frame.path("type").asString().equals("mark") && frame.has("subscription_id"));
		return rows;
	}

	private static List<String> rows(RealtimeTestSocket socket) {
		List<String> rows = new ArrayList<>();
		socket.await("initial_data_batch")
			.path("rows")
			.forEach((row) -> rows.add(row.path("id").asString() + " " + row.path("title").asString()));
		return rows;
	}

	@Configuration(proxyBeanMethods = false)
	static class Policies {

		@Bean
		RealtimeAccessPolicy ticketPolicy(PostgresSettings settings) {
			return RealtimeAccessPolicy.blocking("tickets", (user) -> decide(user, settings));
		}

		private static AccessDecision decide(RealtimeUser user, PostgresSettings settings) {
			try (Connection connection = settings.connect();
					PreparedStatement statement = connection
						.prepareStatement("SELECT title FROM grants WHERE who = ?")) {
				statement.setString(1, (String) user.claims().get("sub"));
				List<String> titles = new ArrayList<>();
				try (ResultSet found = statement.executeQuery()) {
					while (found.next()) {
						titles.add(found.getString(1));
					}
				}
				return titles.isEmpty() ? AccessDecision.none() : AccessDecision.where("title = ANY ($1)", titles);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
