package io.kalam.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.ReplicationSlot;
import io.kalam.sequence.Epoch;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Postgres gives up the slot, while it is read or while nobody reads it.
 */
class LostSlotPolicyIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static EmbeddedPostgres server;

	private static int databases;

	private PostgresSettings postgres;

	@BeforeAll
	static void start() {
		server = TestPostgres.start(Map.of("max_slot_wal_keep_size", "1MB", "max_wal_size", "32MB"));
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
	}

	@BeforeEach
	void createDatabase() {
		String name = "lost_" + ++databases;
		TestPostgres.execute(TestPostgres.settings(server, "postgres"), "CREATE DATABASE " + name);
		this.postgres = TestPostgres.settings(server, name);
		TestPostgres.execute(this.postgres, "CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text)",
				"ALTER TABLE notes REPLICA IDENTITY FULL", "INSERT INTO notes VALUES (1, 'alice', 'one')");
	}

	/**
	 * One that stayed would be lost by the next test too.
	 */
	@AfterEach
	void dropSlot() {
		Awaitility.await("nobody reads the slot")
			.atMost(PATIENCE)
			.until(() -> "0"
				.equals(TestPostgres.value(this.postgres, "SELECT count(*) FROM pg_replication_slots WHERE active")));
		TestPostgres.execute(this.postgres, "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
	}

	@ParameterizedTest
	@CsvSource({ "RESYNC, true", "RESYNC, false", "FAIL, true", "FAIL, false" })
	void isAppliedAndEveryClientReadsAnew(OnSlotLost policy, boolean running) {
		try (TestEngine engine = new TestEngine(this.postgres, policy, TestEngine.owned("notes", "owner"))) {
			engine.start();
			try (PolledClient client = new PolledClient(engine, "alice")) {
				client.subscribe("notes");
				client.awaitLive("notes");
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
				assertThat(client.await(Reset.class).reason()).isEqualTo(Reset.Reason.EPOCH);
				assertThat(client.await(Batch.class).rows()).hasSize(2);
				assertThat(engine.pipeline().epoch()).isNotEqualTo(before);
				engine.settle();
			}
		}
	}

	/**
	 * What was found out before somebody mended things is not what is decided by.
	 */
	@Test
	void whatIsMendedIsLookedAtAgain() {
		try (TestEngine engine = new TestEngine(this.postgres, OnSlotLost.FAIL, TestEngine.owned("notes", "owner"))) {
			engine.start();
			engine.stop();
			loseSlot(() -> false);
			engine.pipeline().start();
			engine.awaitState(PipelineState.SLOT_LOST);
			TestPostgres.execute(this.postgres, """
					DO $$ BEGIN
						DROP PUBLICATION kalam;
						CREATE PUBLICATION kalam FOR TABLE notes WITH (publish_via_partition_root = true);
					END $$""");
			mendAsTold(engine);
			engine.awaitState(PipelineState.STREAMING);
			assertThat(TestPostgres.value(this.postgres,
					"SELECT publication_oid = (SELECT oid FROM pg_publication) FROM kalam.identity"))
				.as("the publication of the new generation is the one that is read")
				.isEqualTo("t");
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
		return "t".equals(TestPostgres.value(this.postgres,
				"SELECT EXISTS (SELECT FROM pg_replication_slots WHERE wal_status = 'lost')"));
	}

	private void mendAsTold(TestEngine engine) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> engine.pipeline().status().state() == PipelineState.SLOT_LOST
					&& engine.pipeline().status().detail().contains("on-slot-lost=resync"));
		String detail = engine.pipeline().status().detail();
		String drop = "SELECT pg_drop_replication_slot('" + engine.slot() + "');";
		String create = ReplicationSlot.creation(engine.slot(), TestPostgres.MAJOR * 10_000) + ";";
		assertThat(detail).contains("Postgres has given up the slot").contains(drop).contains(create);
		TestPostgres.execute(this.postgres, drop, create);
	}

}
