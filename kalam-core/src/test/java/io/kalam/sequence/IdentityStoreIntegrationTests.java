package io.kalam.sequence;

import java.util.List;

import io.kalam.catalog.CheckedDatabase;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.Manage;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.ReplicationSlot;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.SlotState;
import io.kalam.catalog.StartupChecks;
import io.kalam.catalog.StartupRequirements;
import io.kalam.catalog.TableReference;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The identity against a real Postgres, as a process that starts uses it.
 */
class IdentityStoreIntegrationTests {

	private final PostgresSettings settings = TestPostgres.createDatabase();

	private final String name = "slot_" + this.settings.database();

	private final ReplicationSlot slot = new ReplicationSlot(this.settings, this.name);

	private final IdentityStore store = new IdentityStore(this.settings, this.name);

	private CheckedDatabase database;

	private SlotState created;

	@BeforeEach
	void start() throws InterruptedException {
		TestPostgres.execute(this.settings, "CREATE TABLE tickets (id int PRIMARY KEY, assignee text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
		this.database = new StartupChecks(this.settings,
				new StartupRequirements(this.name, "kalam", Manage.CREATE, false,
						List.of(new RequiredTable(new TableReference(null, "tickets"), "assignee", "Ticket"))),
				(type) -> null)
			.run();
		this.created = this.slot.create((blocking) -> {
		});
	}

	@AfterEach
	void stop() {
		this.store.close();
		this.slot.drop();
	}

	@Test
	void beginsBeatsAndGoesOn() {
		Sighting first = this.store.look();
		assertThat(first.identity()).isNull();
		assertThat(first.slot()).isEqualTo(this.created);
		Identity identity = this.store.startGeneration(null, new Generation(0), this.created.confirmed(),
				first.server(), this.database.publicationOid());
		assertThat(identity.generation()).isEqualTo(new Generation(1));
		Heartbeat beat = this.store.beat(identity, this.created.confirmed());
		assertThat(beat.identity().heartbeat()).isEqualTo(identity.heartbeat() + 1);
		assertThat(beat.message()).isGreaterThan(this.created.confirmed());
		assertThat(beat.server().inserted()).isGreaterThanOrEqualTo(beat.message());
		assertThat(beat.slot()).isNotNull();
		Sighting later = this.store.look();
		assertThat(later.identity()).isEqualTo(beat.identity());
		assertThat(later.identity().epoch()).isEqualTo(identity.epoch());
	}

	@Test
	void oneOfTwoProcessesBeginsTheGeneration() {
		Sighting sighting = this.store.look();
		Lsn from = this.created.confirmed();
		long publication = this.database.publicationOid();
		Identity first = this.store.startGeneration(null, new Generation(0), from, sighting.server(), publication);
		assertThatExceptionOfType(IdentityChangedException.class).isThrownBy(
				() -> this.store.startGeneration(null, new Generation(0), from, sighting.server(), publication));
		Identity second = this.store.startGeneration(first, new Generation(6), from, sighting.server(), publication);
		assertThat(second.generation()).isEqualTo(new Generation(7));
		assertThat(second.epoch()).isNotEqualTo(first.epoch());
		assertThatExceptionOfType(IdentityChangedException.class).isThrownBy(() -> this.store.beat(first, from));
	}

}
