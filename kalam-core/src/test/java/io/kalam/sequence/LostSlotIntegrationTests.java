package io.kalam.sequence;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.CheckedDatabase;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.Manage;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.ReplicationSlot;
import io.kalam.catalog.SlotState;
import io.kalam.catalog.StartupChecks;
import io.kalam.catalog.StartupRequirements;
import io.kalam.catalog.TimelineHistory;
import io.kalam.sequence.History.NewGeneration;
import io.kalam.sequence.History.Reason;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What real disasters look like to the decision.
 */
class LostSlotIntegrationTests {

	private static final String NAME = "kalam";

	private EmbeddedPostgres server;

	private PostgresSettings settings;

	private IdentityStore store;

	private ReplicationSlot slot;

	@BeforeEach
	void start() {
		this.server = TestPostgres.start(Map.of("max_slot_wal_keep_size", "1MB", "max_wal_size", "32MB"));
		this.settings = TestPostgres.settings(this.server, "postgres");
		this.store = new IdentityStore(this.settings, NAME);
		this.slot = new ReplicationSlot(this.settings, NAME);
	}

	@AfterEach
	void stop() throws IOException {
		this.store.close();
		this.server.close();
	}

	@Test
	void everyDisasterBeginsAGeneration() throws InterruptedException {
		assertThat(begun(Reason.FIRST_START).generation().value()).isEqualTo(1);
		assertThat(decide()).isEqualTo(new History.StartEmpty(this.slot.read().confirmed()));

		execute("SELECT pg_logical_emit_message(true, 'other', 'x')",
				"SELECT pg_replication_slot_advance('kalam', pg_current_wal_flush_lsn())");
		assertThat(begun(Reason.SLOT_MOVED).generation().value()).isEqualTo(2);
		assertThat(decide()).isInstanceOf(History.StartEmpty.class);

		this.slot.drop();
		assertThat(begun(Reason.SLOT_MISSING).generation().value()).isEqualTo(3);

		this.slot.drop();
		this.slot.create((blocking) -> {
		});
		assertThat(begun(Reason.SLOT_MOVED).generation().value()).isEqualTo(4);

		execute("DROP PUBLICATION kalam");
		assertThat(begun(Reason.PUBLICATION_REPLACED).generation().value()).isEqualTo(5);
		assertThat(decide()).isInstanceOf(History.StartEmpty.class);

		execute("TRUNCATE kalam.identity");
		assertThat(begun(Reason.IDENTITY_MISSING).generation().value()).isEqualTo(1);
	}

	@Test
	void aSlotThatHeldBackTooMuchIsLost() throws InterruptedException {
		begun(Reason.FIRST_START);
		for (int segment = 0; segment < 4; segment++) {
			execute("SELECT pg_logical_emit_message(true, 'other', 'x')", "SELECT pg_switch_wal()");
		}
		execute("CHECKPOINT");
		assertThat(this.slot.read().isLost()).isTrue();
		Identity identity = begun(Reason.SLOT_LOST);
		assertThat(identity.generation().value()).isEqualTo(2);
		assertThat(this.slot.read().isLost()).isFalse();
		assertThat(this.store.beat(identity, identity.acknowledged()).slot().safeWalSize()).isNotNull();
	}

	private CheckedDatabase check() {
		return new StartupChecks(this.settings, new StartupRequirements(NAME, "kalam", Manage.CREATE, false, List.of()),
				(type) -> true)
			.run();
	}

	private History decide() {
		CheckedDatabase database = check();
		Sighting sighting = this.store.look();
		return HistoryCheck.decide(
				new HistoryEvidence(sighting, null, TimelineHistory.read(this.settings, sighting.server().timeline()),
						database.publicationOid(), database.slotPredatesPublication()));
	}

	private Identity begun(Reason reason) throws InterruptedException {
		assertThat(decide()).isInstanceOfSatisfying(NewGeneration.class,
				(next) -> assertThat(next.reason()).isEqualTo(reason));
		NewGeneration next = (NewGeneration) decide();
		if (next.replaceSlot()) {
			this.slot.drop();
		}
		SlotState state = this.slot.read();
		if (state == null) {
			state = this.slot.create((blocking) -> {
			});
		}
		Sighting sighting = this.store.look();
		Lsn from = state.confirmed();
		return this.store.startGeneration(sighting.identity(), next.floor(), from, sighting.server(),
				check().publicationOid());
	}

	private void execute(String... statements) {
		TestPostgres.execute(this.settings, statements);
	}

}
