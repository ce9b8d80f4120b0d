package io.kalam.boot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Health, metrics and endpoint of a running application, over HTTP, while its database is
 * broken and mended.
 */
class OperationsIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String TICKETS = "SELECT id, title FROM tickets WHERE title <> 'hidden'";

	private static final String[] EXPOSED = { "management.endpoints.web.exposure.include=*",
			"management.endpoint.health.show-details=always", "management.endpoint.health.probes.enabled=true",
			"kalam.capture.heartbeat-interval=200ms", "kalam.capture.check-interval=1s" };

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().durable(true).start();
		this.settings = RunningApplication.settings(this.server);
		TestPostgres.execute(this.settings,
				"CREATE TABLE tickets (id bigint PRIMARY KEY, assignee_id text, title text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void aDatabaseThatIsAwayIsNoReasonToDie() {
		try (RunningApplication application = RunningApplication.startOperated(this.settings, EXPOSED);
				RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice")) {
			subscribe(alice, "tickets");
			state(application, "streaming");
			JsonNode engine = application.get("/actuator/kalam").body();
			assertThat(engine.at("/state").asString()).isEqualTo("streaming");
			assertThat(engine.at("/capture/slot/name").asString()).isEqualTo("kalam_postgres");
			assertThat(engine.at("/capture/slot/walStatus").asString()).isEqualTo("reserved");
			assertThat(engine.at("/capture/slot/retainedBytes").asLong()).isPositive();
			assertThat(engine.at("/history/generation").asInt()).isPositive();
			assertThat(engine.at("/journal/bytes").asLong()).isPositive();
			assertThat(engine.at("/subscriptions/public.tickets").asInt()).isEqualTo(1);
			assertThat(engine.at("/connections").asInt()).isEqualTo(1);
			this.server.stop();
			state(application, "retrying");
			HttpAnswer health = application.get("/actuator/health/kalam");
			assertThat(health.status()).isEqualTo(503);
			assertThat(health.body().at("/status").asString()).isEqualTo("OUT_OF_SERVICE");
			assertThat(application.get("/actuator/health/liveness").status()).isEqualTo(200);
			assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(200);
			assertThat(metric(application, "kalam.capture.streaming")).isZero();
			Awaitility.await().atMost(PATIENCE).until(() -> metric(application, "kalam.capture.lag") > 1);
			HttpAnswer explanation = explain(application, "tickets", "1", "alice");
			assertThat(explanation.status()).isEqualTo(503);
			assertThat(explanation.body().path("message").asString()).contains("Postgres can't be reached")
				.doesNotContain("SELECT", "Exception");
			assertThat(application.get("/actuator/kalam").body().at("/connections").asInt()).isEqualTo(1);
			this.server.restart();
			state(application, "streaming");
			assertThat(application.get("/actuator/health/kalam").status()).isEqualTo(200);
			assertThat(metric(application, "kalam.capture.streaming")).isEqualTo(1);
			TestPostgres.execute(this.settings, "INSERT INTO tickets VALUES (1, 'alice', 'after')");
			assertThat(alice.await("transaction").at("/changes/0/row/title").asString()).isEqualTo("after");
			Awaitility.await().atMost(PATIENCE).until(() -> metric(application, "kalam.capture.lag") == 0);
		}
	}

	@Test
	void saysWhyAUserHasARowOrHasNot() {
		TestPostgres.execute(this.settings, "INSERT INTO tickets VALUES (1, 'alice', 'a'), (2, 'bob', 'b')");
		try (RunningApplication application = RunningApplication.startOperated(this.settings, EXPOSED)) {
			state(application, "streaming");
			assertThat(conclusion(application, "tickets", "1", "alice")).contains("no open subscription");
			try (RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice")) {
				subscribe(alice, "tickets");
				assertThat(conclusion(application, "tickets", "1", "alice")).contains("it was in the snapshot");
				TestPostgres.execute(this.settings, "UPDATE tickets SET title = 'c' WHERE id = 1",
						"UPDATE tickets SET title = 'd' WHERE id = 2",
						"INSERT INTO tickets VALUES (3, 'alice', 'hidden'), (4, NULL, 'x')",
						"DELETE FROM tickets WHERE id = 4", "INSERT INTO tickets VALUES (4, NULL, 'x')");
				alice.await("transaction");
				Awaitility.await()
					.atMost(PATIENCE)
					.until(() -> conclusion(application, "public.tickets", "1", "alice")
						.contains("handed to the socket"));
				JsonNode told = explain(application, "tickets", "1", "alice").body();
				assertThat(told.at("/lastChange/change").asString()).isEqualTo("update");
				assertThat(told.at("/subscriptions/0/matches").asBoolean()).isTrue();
				assertThat(told.at("/access").asString()).isEqualTo("own-rows");
				Awaitility.await()
					.atMost(PATIENCE)
					.until(() -> explain(application, "tickets", "2", "alice").body().hasNonNull("lastChangeOfOwner"));
				JsonNode foreign = explain(application, "tickets", "2", "alice").body();
				assertThat(foreign.at("/conclusion").asString()).contains("another owner");
				assertThat(foreign.at("/row/owner").asString()).startsWith("#");
				assertThat(foreign.hasNonNull("lastChange")).isFalse();
				assertThat(conclusion(application, "tickets", "3", "alice")).contains("its filter doesn't match");
				assertThat(conclusion(application, "tickets", "4", "alice")).contains("it has no owner");
				assertThat(conclusion(application, "tickets", "5", "alice")).contains("no such row in the database");
				assertThat(conclusion(application, "nothing", "5", "alice")).contains("not realtime");
				assertThat(refusal(application, "tickets", "five", "alice"))
					.contains("'five' is no value of column id");
				assertThat(refusal(application, "tickets", "5", "")).isEqualTo("Say which user.");
				JsonNode subscriptions = application.get("/actuator/kalam/subscriptions").body();
				assertThat(subscriptions.at("/subscriptions/0/stage").asString()).isEqualTo("live");
				assertThat(subscriptions.at("/subscriptions/0/user").asString()).startsWith("#");
				assertThat(subscriptions.toString() + told + foreign).doesNotContain("alice", "bob", "hidden");
			}
			JsonNode table = application.get("/actuator/kalam/tables").body().at("/tables/0");
			assertThat(table.at("/name").asString()).isEqualTo("public.tickets");
			assertThat(table.at("/owner").asString()).isEqualTo("assignee_id");
			assertThat(table.at("/columns/0/codec").asString()).isEqualTo("integer");
			assertThat(application.get("/actuator/kalam/secrets").status()).isEqualTo(404);
			assertThat(application.post("/actuator/kalam/resync", "{\"table\":\"tickets\"}").status()).isEqualTo(405);
		}
	}

	@Test
	void doesWhatAnOperatorAsksFor() {
		try (RunningApplication application = RunningApplication.startOperated(this.settings, with(
				"management.endpoint.kalam.access=unrestricted", "management.endpoint.kalam.show-values=always"))) {
			state(application, "streaming");
			try (RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice")) {
				JsonNode before = subscribe(alice, "tickets");
				assertThat(
						application.get("/actuator/kalam/subscriptions").body().at("/subscriptions/0/user").asString())
					.isEqualTo("alice");
				HttpAnswer resynced = application.post("/actuator/kalam/resync", "{\"table\":\"tickets\"}");
				assertThat(resynced.status()).as("%s", resynced.body()).isEqualTo(200);
				assertThat(alice.await("reset").path("reason").asString()).isEqualTo("schema");
				alice.await((frame) -> frame.path("type").asString("").equals("mark") && frame.has("subscription_id"));
				alice.send("{\"type\":\"subscribe\",\"subscription\":{\"id\":\"old\",\"sql\":\"" + TICKETS
						+ "\",\"options\":{\"from\":\"" + before.get("seq").asString() + "\",\"epoch\":\""
						+ alice.frames()
							.stream()
							.filter((frame) -> frame.has("epoch"))
							.findFirst()
							.orElseThrow()
							.get("epoch")
							.asString()
						+ "\"}}}");
				assertThat(alice.await("error").path("code").asString()).isEqualTo("CURSOR_EXPIRED");
				assertThat(application.post("/actuator/kalam/resync", "{\"table\":\"no\"}").status()).isEqualTo(400);
				assertThat(application.post("/actuator/kalam/explode", "{}").status()).isEqualTo(404);
				assertThat(application.post("/actuator/kalam/disconnect", "{\"user\":\"bob\"}").status())
					.isEqualTo(200);
				assertThat(application.get("/actuator/kalam").body().at("/connections").asInt()).isEqualTo(1);
				assertThat(application.post("/actuator/kalam/disconnect", "{\"user\":\"alice\"}").status())
					.isEqualTo(200);
				assertThat(alice.awaitClosed().code()).isEqualTo(4401);
			}
			assertThat(application.post("/actuator/kalam/decommission", "{\"slot\":\"other\"}").status())
				.isEqualTo(400);
			assertThat(count("pg_replication_slots")).isEqualTo("1");
			HttpAnswer done = application.post("/actuator/kalam/decommission", "{\"slot\":\"kalam_postgres\"}");
			assertThat(done.status()).as("%s", done.body()).isEqualTo(200);
			assertThat(done.body().path("done").toString()).contains("slot kalam_postgres was dropped",
					"publication kalam was dropped", "schema kalam was dropped", "kalam.enabled=false");
			assertThat(count("pg_replication_slots")).isEqualTo("0");
			assertThat(count("pg_publication")).isEqualTo("0");
			assertThat(count("pg_namespace WHERE nspname = 'kalam'")).isEqualTo("0");
			assertThat(application.health().getDetails()).containsEntry("state", "stopped");
		}
	}

	@Test
	void aSlotThatIsLostIsSaidAndMended() {
		try (RunningApplication application = RunningApplication.startOperated(this.settings,
				with("kalam.postgres.on-slot-lost=fail"));
				RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice")) {
			subscribe(alice, "tickets");
			Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
				TestPostgres.execute(this.settings,
						"SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active",
						"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
				return count("pg_replication_slots").equals("0");
			});
			state(application, "slot_lost");
			JsonNode health = application.get("/actuator/health/kalam").body();
			assertThat(health.at("/status").asString()).isEqualTo("DOWN");
			assertThat(health.at("/details/detail").asString()).contains("pg_create_logical_replication_slot",
					"kalam.postgres.on-slot-lost=resync");
			assertThat(application.get("/actuator/health/liveness").status()).isEqualTo(200);
			TestPostgres.execute(this.settings,
					"SELECT pg_create_logical_replication_slot('kalam_postgres', 'pgoutput')");
			state(application, "streaming");
			assertThat(alice.await("reset").path("reason").asString()).isEqualTo("epoch");
			assertThat(metric(application, "kalam.resets?tag=reason:epoch")).isEqualTo(1);
		}
	}

	@Test
	void startsWithoutItsDatabaseIfTold() {
		this.server.stop();
		try (RunningApplication application = RunningApplication.startOperated(this.settings,
				with("kalam.fail-fast=false"));
				RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice")) {
			state(application, "retrying");
			alice.subscribe("early", TICKETS);
			assertThat(alice.await("error").path("code").asString()).isEqualTo("SUBSCRIPTION_FAILED");
			this.server.restart();
			TestPostgres.execute(this.settings, "ALTER TABLE tickets REPLICA IDENTITY DEFAULT");
			state(application, "degraded");
			assertThat(application.get("/actuator/health/kalam").body().at("/details/detail").asString())
				.contains("ALTER TABLE public.tickets REPLICA IDENTITY FULL");
			TestPostgres.execute(this.settings, "ALTER TABLE tickets REPLICA IDENTITY FULL");
			state(application, "streaming");
			subscribe(alice, "tickets");
		}
	}

	private static String[] with(String... more) {
		String[] all = new String[EXPOSED.length + more.length];
		System.arraycopy(EXPOSED, 0, all, 0, EXPOSED.length);
		System.arraycopy(more, 0, all, EXPOSED.length, more.length);
		return all;
	}

	private static JsonNode subscribe(RealtimeTestSocket socket, String id) {
		socket.subscribe(id, TICKETS);
		return socket.await((frame) -> frame.path("type").asString("").equals("mark") && frame.has("subscription_id"));
	}

	private static void state(RunningApplication application, String state) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(application.health().getDetails()).containsEntry("state", state));
	}

	private static HttpAnswer explain(RunningApplication application, String table, String key, String user) {
		return application.get("/actuator/kalam/explain?table=" + table + "&key=" + key + "&user=" + user);
	}

	private static String conclusion(RunningApplication application, String table, String key, String user) {
		HttpAnswer answer = explain(application, table, key, user);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
		return answer.body().path("conclusion").asString();
	}

	private static String refusal(RunningApplication application, String table, String key, String user) {
		HttpAnswer answer = explain(application, table, key, user);
		assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
		return answer.body().path("message").asString();
	}

	private static double metric(RunningApplication application, String name) {
		return application.get("/actuator/metrics/" + name).body().at("/measurements/0/value").asDouble();
	}

	private String count(String what) {
		try (Connection connection = this.settings.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT count(*) FROM " + what)) {
			row.next();
			return row.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
