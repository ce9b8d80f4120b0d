package io.kalam.pipeline;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import io.kalam.access.RealtimeUser;
import io.kalam.catalog.PostgresSettings;
import io.kalam.sequence.Epoch;
import io.kalam.subscription.SessionSettings;
import io.kalam.subscription.SubscribeRequest;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionSession;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Postgres gives up the slot, while it is read or while nobody reads it.
 */
class LostSlotPolicyIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private EmbeddedPostgres server;

	private PostgresSettings postgres;

	@BeforeEach
	void start() {
		this.server = TestPostgres.start(Map.of("max_slot_wal_keep_size", "1MB", "max_wal_size", "32MB"));
		this.postgres = TestPostgres.settings(this.server, "postgres");
		TestPostgres.execute(this.postgres, "CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text)",
				"ALTER TABLE notes REPLICA IDENTITY FULL", "INSERT INTO notes VALUES (1, 'alice', 'one')");
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "RESYNC, true", "RESYNC, false", "FAIL, true", "FAIL, false" })
	void isAppliedAndEveryClientReadsAnew(OnSlotLost policy, boolean running) {
		try (TestEngine engine = new TestEngine(this.postgres, policy, TestEngine.owned("notes", "owner"))) {
			engine.start();
			try (SubscriptionSession session = open(engine)) {
				await(session, (event) -> event instanceof Mark mark && "notes".equals(mark.id()));
				Epoch before = engine.pipeline().epoch();
				if (!running) {
					engine.stop();
				}
				loseSlot(() -> running && isKnown(engine, before));
				TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (2, 'alice', 'nobody read this')");
				if (!running) {
					engine.pipeline().start();
				}
				if (policy == OnSlotLost.FAIL) {
					mendAsTold(engine);
				}
				Reset reset = (Reset) await(session, Reset.class::isInstance);
				assertThat(reset.reason()).isEqualTo(Reset.Reason.EPOCH);
				assertThat(((Batch) await(session, Batch.class::isInstance)).rows()).hasSize(2);
				assertThat(engine.pipeline().epoch()).isNotEqualTo(before);
				engine.settle();
			}
		}
	}

	private static boolean isKnown(TestEngine engine, Epoch before) {
		return engine.pipeline().status().state() == PipelineState.SLOT_LOST
				|| !engine.pipeline().epoch().equals(before);
	}

	private void loseSlot(BooleanSupplier known) {
		Awaitility.await().atMost(PATIENCE).until(() -> {
			for (int segment = 0; segment < 4; segment++) {
				TestPostgres.execute(this.postgres, "SELECT pg_logical_emit_message(true, 'other', 'x')",
						"SELECT pg_switch_wal()");
			}
			TestPostgres.execute(this.postgres, "CHECKPOINT");
			return known.getAsBoolean() || isLost();
		});
	}

	private boolean isLost() {
		try (Connection connection = this.postgres.connect(); Statement statement = connection.createStatement()) {
			return statement.executeQuery("SELECT FROM pg_replication_slots WHERE wal_status = 'lost'").next();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void mendAsTold(TestEngine engine) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> engine.pipeline().status().state() == PipelineState.SLOT_LOST
					&& engine.pipeline().status().detail().contains("on-slot-lost=resync"));
		String detail = engine.pipeline().status().detail();
		String drop = "SELECT pg_drop_replication_slot('" + engine.slot() + "');";
		String create = "SELECT pg_create_logical_replication_slot('" + engine.slot() + "', 'pgoutput');";
		assertThat(detail).contains("Postgres has given up the slot").contains(drop).contains(create);
		TestPostgres.execute(this.postgres, drop, create);
	}

	private static SubscriptionSession open(TestEngine engine) {
		SubscriptionSession session = engine.sessions()
			.open(new RealtimeUser("alice", "user", Set.of(), Instant.MAX), new SessionSettings(true, 10, 1 << 20),
					() -> {
					});
		session.subscribe(new SubscribeRequest("notes", "SELECT * FROM notes", List.of(), true, 100, 0, null, null,
				false, false));
		return session;
	}

	private static SubscriptionEvent await(SubscriptionSession session, Predicate<SubscriptionEvent> wanted) {
		List<SubscriptionEvent> found = new ArrayList<>();
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> {
			SubscriptionEvent event = session.poll();
			if (event != null && wanted.test(event)) {
				found.add(event);
			}
			return !found.isEmpty();
		});
		return found.get(0);
	}

}
