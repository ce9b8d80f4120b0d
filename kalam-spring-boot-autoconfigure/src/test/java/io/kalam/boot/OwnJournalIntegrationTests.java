package io.kalam.boot;

import java.time.Clock;
import java.time.Duration;

import io.kalam.boot.hints.Hint;
import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.TableName;
import io.kalam.event.EventJournal;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalPlace;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.Partition;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.snapshot.r2dbc.R2dbcSnapshotReader;
import io.kalam.snapshot.r2dbc.SnapshotSettings;
import io.kalam.subscription.LiveHub;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with streams whose journal, and whose reader of snapshots, are its own.
 */
class OwnJournalIntegrationTests {

	private static final TableName HINT = new TableName("public", "hint");

	private static final String TOLD = "SELECT pg_logical_emit_message(true, '" + KalamSchema.eventPrefix(HINT)
			+ "', '{\"put\":{\"owner\":\"alice\",\"name\":\"%s\"}}')";

	@Test
	void knowNothingOfEvents() {
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.builder().start()) {
			PostgresSettings settings = RunningApplication.settings(server);
			TestPostgres.execute(settings, "CREATE TABLE tickets (id bigint PRIMARY KEY, assignee_id text, title text)",
					"ALTER TABLE tickets REPLICA IDENTITY FULL");
			try (RunningApplication application = RunningApplication.startOperatedWith(Own.class, settings)) {
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> application.status().equals("UP"));
				follow(application, settings);
			}
		}
	}

	private static void follow(RunningApplication application, PostgresSettings settings) {
		try (RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice")) {
			TestPostgres.execute(settings, TOLD.formatted("before"));
			Own own = application.bean(Own.class);
			own.await(application.bean(LiveHub.class), settings);
			alice.subscribe("hints", "SELECT name FROM hint");
			assertThat(alice.await("initial_data_batch").at("/rows/0/name").asString()).isEqualTo("before");
			alice.await((frame) -> frame.path("type").asString("").equals("mark") && frame.has("subscription_id"));
			alice.subscribe("tickets", "SELECT id FROM tickets");
			alice.await((frame) -> frame.path("type").asString("").equals("mark")
					&& frame.path("subscription_id").asString("").equals("tickets"));
			TestPostgres.execute(settings, TOLD.formatted("after"), "INSERT INTO tickets VALUES (7, 'alice', 'x')");
			JsonNode event = alice.await("transaction").at("/changes/0/row");
			assertThat(event.path("name").asString()).isEqualTo("after");
			assertThat(alice.await("transaction").at("/changes/0/row/id").asString()).isEqualTo("7");
			assertThat(application.bean(ChangeJournal.class)).isInstanceOf(EventJournal.class);
			assertThat(own.changes("hint")).isZero();
			assertThat(own.changes("tickets")).isOne();
			assertThat(own.asked).isOne();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Hint.class)
	static class Own {

		private final MemoryJournal journal = new MemoryJournal(1 << 20, Duration.ofHours(1), Clock.systemUTC(),
				Sequence.ZERO);

		private int asked;

		@Bean
		MemoryJournal ownJournal() {
			return this.journal;
		}

		@Bean
		SnapshotReader ownSnapshots(PostgresSettings postgres, LiveHub hub) {
			SnapshotReader reader = new R2dbcSnapshotReader(postgres, SnapshotSettings.DEFAULTS, hub::visible);
			return new SnapshotReader() {

				@Override
				public Mono<Snapshot> read(SnapshotRequest request) {
					Own.this.asked++;
					return reader.read(request);
				}

				@Override
				public void close() {
					reader.close();
				}

			};
		}

		long changes(String table) {
			return this.journal
				.read(new Partition(new TableName("public", table), "alice"),
						JournalPlace.behind(this.journal.lowWater()), this.journal.head(), 1 << 20)
				.transactions()
				.stream()
				.mapToLong((transaction) -> transaction.changes().size())
				.sum();
		}

		/**
		 * Waits until everything has been captured that was committed.
		 */
		void await(LiveHub hub, PostgresSettings settings) {
			String position = TestPostgres.value(settings, "SELECT pg_current_wal_insert_lsn()");
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> !Lsn.parse(position).isAfter(hub.head().lsn()));
		}

	}

}
