package io.kalam.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.sequence.Sequence;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.SmallDisk;
import io.kalam.testing.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running application whose journal has no room on its disk.
 */
class FullDiskIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int ROWS = 400;

	@RegisterExtension
	private final SmallDisk disk = new SmallDisk();

	@Test
	void nothingIsAcknowledgedAndNothingLost() throws IOException, SQLException {
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
			PostgresSettings settings = RunningApplication.settings(server);
			TestPostgres.execute(settings, "CREATE TABLE tickets (id bigint PRIMARY KEY, assignee_id text, title text)",
					"ALTER TABLE tickets REPLICA IDENTITY FULL");
			try (RunningApplication application = RunningApplication.startOperated(settings,
					"kalam.journal.directory=" + this.disk.path(), "kalam.journal.max-size=4MB",
					"kalam.journal.max-unwritten=128KB", "kalam.journal.cache-size=1MB",
					"kalam.capture.heartbeat-interval=200ms");
					RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice")) {
				alice.subscribe("tickets", "SELECT id FROM tickets");
				alice.await((frame) -> frame.path("type").asString("").equals("mark") && frame.has("subscription_id"));
				Path ballast = this.disk.fill();
				TestPostgres.execute(settings,
						IntStream.rangeClosed(1, ROWS)
							.mapToObj(FullDiskIntegrationTests::insert)
							.toArray(String[]::new));
				Lsn end = Lsn.parse(value(settings, "SELECT pg_current_wal_lsn()"));
				Awaitility.await().atMost(PATIENCE).until(() -> journal(application).containsKey("trouble"));
				assertThat(application.status()).isEqualTo("DOWN");
				assertThat(application.health().getDetails().get("state")).isIn("streaming", "catching_up");
				MeterRegistry meters = application.bean(MeterRegistry.class);
				assertThat(meters.get("kalam.journal.trouble").gauge().value()).isEqualTo(1);
				Awaitility.await()
					.atMost(PATIENCE)
					.until(() -> meters.get("kalam.capture.unacknowledged").timeGauge().value(TimeUnit.SECONDS) > 3);
				Sequence durable = Sequence.parse(String.valueOf(journal(application).get("durable")));
				alice.await((frame) -> frame.path("type").asString("").equals("transaction")
						&& Sequence.parse(frame.get("seq").asString()).isAfter(durable));
				Lsn confirmed = confirmed(settings);
				Lsn durableThen = Sequence.parse(String.valueOf(journal(application).get("durable"))).lsn();
				assertThat(confirmed.isAfter(durableThen)).isFalse();
				assertThat(end.isAfter(durable.lsn())).isTrue();
				assertThat(inserted(alice)).hasSizeLessThan(ROWS);
				Files.delete(ballast);
				Awaitility.await().atMost(PATIENCE).until(() -> inserted(alice).size() >= ROWS);
				assertThat(inserted(alice)).isEqualTo(IntStream.rangeClosed(1, ROWS).boxed().toList());
				Awaitility.await().atMost(PATIENCE).until(() -> application.status().equals("UP"));
				Awaitility.await().atMost(PATIENCE).until(() -> !end.isAfter(confirmed(settings)));
			}
		}
	}

	private static String insert(int id) {
		return "INSERT INTO tickets SELECT " + id
				+ ", 'alice', string_agg(md5(random()::text), '') FROM generate_series(1, 64)";
	}

	private static Map<?, ?> journal(RunningApplication application) {
		return (Map<?, ?>) application.health().getDetails().get("journal");
	}

	private static List<Integer> inserted(RealtimeTestSocket socket) {
		return socket.frames()
			.stream()
			.filter((frame) -> frame.path("type").asString("").equals("transaction"))
			.map((frame) -> Integer.valueOf(frame.at("/changes/0/row/id").asString()))
			.toList();
	}

	private static Lsn confirmed(PostgresSettings settings) throws SQLException {
		return Lsn.parse(value(settings, "SELECT confirmed_flush_lsn FROM pg_replication_slots"));
	}

	private static String value(PostgresSettings settings, String sql) throws SQLException {
		try (Connection connection = settings.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

}
