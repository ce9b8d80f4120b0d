package io.kalam.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.kalam.boot.hints.Hint;
import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.TableName;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The meters of a running application, over HTTP and beside the manual.
 */
class MetricsIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static EmbeddedPostgresServer server;

	private static PostgresSettings settings;

	private static RunningApplication application;

	@BeforeAll
	static void start() {
		server = EmbeddedPostgresServer.builder().start();
		settings = RunningApplication.settings(server);
		TestPostgres.execute(settings, "CREATE TABLE tickets (id bigint PRIMARY KEY, assignee_id text, title text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
		application = RunningApplication.startOperatedWith(Streams.class, settings,
				"management.endpoints.web.exposure.include=*", "management.endpoint.kalam.access=unrestricted",
				"kalam.capture.heartbeat-interval=200ms", "kalam.websocket.auth-timeout=5s");
		Awaitility.await().atMost(PATIENCE).until(() -> application.status().equals("UP"));
	}

	@AfterAll
	static void stop() {
		application.close();
		server.close();
	}

	@Test
	void theManualHasEveryMeterAndNoOther() throws IOException {
		Map<String, String> registered = new TreeMap<>();
		for (Meter meter : application.bean(MeterRegistry.class).getMeters()) {
			if (meter.getId().getName().startsWith("kalam.")) {
				registered.merge(meter.getId().getName(), row(meter), MetricsIntegrationTests::join);
			}
		}
		Map<String, String> described = Files.readAllLines(root().resolve("src/docs/metrics.md"))
			.stream()
			.takeWhile((line) -> !line.startsWith("## Observations"))
			.filter((line) -> line.startsWith("| `kalam."))
			.map((line) -> line.split(" *\\| *", -1))
			.collect(Collectors.toMap((cells) -> cells[1].replace("`", ""),
					(cells) -> cells[2] + "|" + cells[3] + "|" + sorted(cells[4].replace("`", "")), (one, two) -> one,
					TreeMap::new));
		assertThat(registered).isEqualTo(described);
	}

	private static String row(Meter meter) {
		String type = switch (meter.getId().getType()) {
			case DISTRIBUTION_SUMMARY -> "summary";
			default -> meter.getId().getType().name().toLowerCase(Locale.ROOT);
		};
		String unit = meter.getId().getBaseUnit();
		return type + "|" + ((unit != null) ? unit : "") + "|"
				+ meter.getId()
					.getTags()
					.stream()
					.map(MetricsIntegrationTests::tag)
					.sorted(Comparator.comparing((tag) -> tag.contains(": ")))
					.collect(Collectors.joining(", "));
	}

	private static String tag(Tag tag) {
		return tag.getKey().equals("table") ? "table" : tag.getKey() + ": " + tag.getValue();
	}

	private static String join(String one, String two) {
		return two.contains(": ") ? sorted(one + ", " + two.substring(two.indexOf(": ") + 2)) : one;
	}

	private static String sorted(String tag) {
		int values = tag.indexOf(": ");
		return (values < 0) ? tag : tag.substring(0, values + 2)
				+ Arrays.stream(tag.substring(values + 2).split(", ")).sorted().collect(Collectors.joining(", "));
	}

	@Test
	void everyEventIsCounted() {
		try (RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice")) {
			alice.subscribe("hints", "SELECT * FROM hint");
			alice.await((frame) -> frame.path("type").asString("").equals("mark") && frame.has("subscription_id"));
			tell("{\"put\":{\"owner\":\"alice\",\"name\":\"a\"}}", "{\"put\":{\"owner\":\"alice\",\"name\":\"b\"}}",
					"{\"put\":{\"owner\":\"bob\",\"name\":\"c\"}}", "{\"put\":{\"owner\":\"bob\",\"name\":\"d\"}}",
					"{\"remove\":{\"owner\":\"bob\",\"name\":\"d\"}}", "nonsense");
			alice.await("transaction");
			measured("kalam.events.lost?tag=table:public.hint", "COUNT", 1);
			measured("kalam.events.size?tag=table:public.hint", "VALUE", 40);
			assertThat(value("kalam.events?tag=table:public.hint", "VALUE")).isEqualTo(1);
			assertThat(value("kalam.events.told?tag=table:public.hint", "COUNT")).isEqualTo(4);
			assertThat(value("kalam.events.ended?tag=table:public.hint&tag=reason:dropped", "COUNT")).isEqualTo(2);
			assertThat(value("kalam.events.ended?tag=table:public.hint&tag=reason:retracted", "COUNT")).isEqualTo(1);
			assertThat(value("kalam.events.ended?tag=table:public.hint&tag=reason:expired", "COUNT")).isZero();
			alice.send("{\"type\":\"publish\",\"id\":\"p\",\"table\":\"hint\",\"row\":{\"name\":\"a\"}}");
			alice.await("error");
			measured("kalam.events.refused?tag=reason:not-found", "COUNT", 1);
			assertThat(value("kalam.events.refused?tag=reason:failed", "COUNT")).isZero();
			describesWhatLives();
		}
	}

	private static void tell(String... messages) {
		TestPostgres.execute(settings,
				Arrays.stream(messages)
					.map((message) -> "SELECT pg_logical_emit_message(true, '"
							+ KalamSchema.eventPrefix(new TableName("public", "hint")) + "', '" + message + "')")
					.toArray(String[]::new));
	}

	private static void describesWhatLives() {
		JsonNode tables = application.get("/actuator/kalam/tables").body().path("tables");
		JsonNode hint = tables.path(0);
		assertThat(hint.path("name").asString()).isEqualTo("public.hint");
		assertThat(hint.path("type").asString()).isEqualTo("stream");
		assertThat(hint.hasNonNull("replicaIdentity")).isFalse();
		assertThat(hint.at("/events/living").asLong()).isEqualTo(1);
		assertThat(hint.at("/events/bytes").asLong()).isPositive();
		assertThat(hint.at("/events/ended/dropped").asLong()).isEqualTo(2);
		assertThat(tables.path(1).path("name").asString()).isEqualTo("public.tickets");
		assertThat(tables.path(1).hasNonNull("events")).isFalse();
		HttpAnswer resynced = application.post("/actuator/kalam/resync", "{\"table\":\"hint\"}");
		assertThat(resynced.status()).isEqualTo(400);
		assertThat(resynced.body().toString()).contains("public.hint is a stream");
	}

	@Test
	void everythingThatHappensIsMeasured() {
		try (RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice");
				RealtimeTestSocket silent = RealtimeTestSocket.connect(application.socket())) {
			alice.subscribe("tickets", "SELECT id FROM tickets");
			JsonNode joined = alice
				.await((frame) -> frame.path("type").asString("").equals("mark") && frame.has("subscription_id"));
			TestPostgres.execute(settings, "INSERT INTO tickets SELECT n, 'alice', 'x' FROM generate_series(1, 7) n");
			alice.await("transaction");
			alice.send("{\"type\":\"subscribe\",\"subscription\":{\"id\":\"bad\",\"sql\":\"SELECT nothing\"}}");
			alice.send("{\"type\":\"subscribe\",\"subscription\":{\"id\":\"again\",\"sql\":\"SELECT id FROM tickets\","
					+ "\"options\":{\"from\":\"" + joined.get("seq").asString() + "\"}}}");
			silent.awaitClosed();
			HttpAnswer refused = application.get("/v1/ws");
			assertThat(refused.status()).isEqualTo(426);
			measured("kalam.capture.transactions", "TOTAL", 7);
			measured("kalam.delivery", "COUNT", 1);
			measured("kalam.journal.append", "COUNT", 1);
			measured("kalam.journal.sync", "COUNT", 1);
			measured("kalam.snapshots?tag=outcome:read", "COUNT", 1);
			measured("kalam.resumes?tag=outcome:continued", "COUNT", 1);
			measured("kalam.subscriptions?tag=table:public.tickets", "VALUE", 2);
			measured("kalam.subscriptions.failed?tag=code:invalid-sql", "COUNT", 1);
			measured("kalam.authentication.failures?tag=reason:timeout", "COUNT", 1);
			measured("kalam.connections.closed?tag=reason:authentication-timeout", "COUNT", 1);
			measured("kalam.connections.refused?tag=reason:no-upgrade", "COUNT", 1);
			assertThat(application.post("/v1/sse", "{}").status()).isEqualTo(405);
			measured("kalam.connections.refused?tag=reason:method", "COUNT", 1);
			assertThat(application.get("/v1/sse", "alice").status()).isEqualTo(400);
			measured("kalam.connections.refused?tag=reason:malformed", "COUNT", 1);
			measured("kalam.connections", "VALUE", 1);
			measured("kalam.capture.streaming", "VALUE", 1);
			measured("kalam.slot.retained", "VALUE", 1);
			measured("kalam.journal.size", "VALUE", 1);
			assertThat(value("kalam.journal.trouble", "VALUE")).isZero();
			assertThat(value("kalam.delivery", "TOTAL_TIME")).isBetween(0.0, 30.0);
			Awaitility.await().atMost(PATIENCE).until(() -> value("kalam.capture.backlog", "VALUE") == 0);
			TestPostgres.execute(settings, "ALTER TABLE tickets ADD COLUMN more text", "UPDATE tickets SET more = 'x'");
			alice.await("reset");
			measured("kalam.resets?tag=reason:schema", "COUNT", 1);
		}
	}

	private static void measured(String meter, String statistic, double atLeast) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(value(meter, statistic)).as(meter).isGreaterThanOrEqualTo(atLeast));
	}

	private static double value(String meter, String statistic) {
		for (JsonNode measurement : application.get("/actuator/metrics/" + meter).body().path("measurements")) {
			if (measurement.path("statistic").asString().equals(statistic)) {
				return measurement.path("value").asDouble();
			}
		}
		return Double.NaN;
	}

	private static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("mvnw"))) {
			directory = directory.getParent();
		}
		return directory;
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Hint.class)
	static class Streams {

	}

}
