package io.kalam.sequence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.kalam.catalog.CheckedDatabase;
import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.Manage;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.ReplicationSlot;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.SlotState;
import io.kalam.catalog.StartupCheckException;
import io.kalam.catalog.StartupChecks;
import io.kalam.catalog.StartupRequirements;
import io.kalam.catalog.TableReference;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The identity against a real Postgres, as a process that starts uses it.
 */
class IdentityStoreIntegrationTests {

	private static final PostgresSettings SETTINGS = TestPostgres.createDatabase();

	private final String name = "slot_" + SETTINGS.database();

	private final ReplicationSlot slot = new ReplicationSlot(SETTINGS, this.name);

	private final IdentityStore store = new IdentityStore(SETTINGS, this.name);

	private CheckedDatabase database;

	private SlotState created;

	@BeforeEach
	void start() throws InterruptedException {
		TestPostgres.execute(SETTINGS, "DROP SCHEMA IF EXISTS kalam CASCADE", "DROP PUBLICATION IF EXISTS kalam",
				"CREATE TABLE IF NOT EXISTS tickets (id int PRIMARY KEY, assignee text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
		this.database = new StartupChecks(SETTINGS,
				new StartupRequirements(this.name, "kalam", Manage.CREATE, false,
						List.of(new RequiredTable(new TableReference(null, "tickets"), "assignee", "Ticket"))),
				(type) -> true)
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
		assertThatExceptionOfType(IdentityChangedException.class).isThrownBy(
				() -> this.store.startGeneration(first, new Generation(0), from, sighting.server(), publication));
	}

	@Test
	void ofManyProcessesOneBeginsTheGeneration() {
		Sighting sighting = this.store.look();
		List<CompletableFuture<Identity>> attempts = IntStream.range(0, 8)
			.mapToObj((attempt) -> CompletableFuture.supplyAsync(() -> {
				try (IdentityStore other = new IdentityStore(SETTINGS, this.name)) {
					return other.startGeneration(null, new Generation(0), this.created.confirmed(), sighting.server(),
							this.database.publicationOid());
				}
			}, (task) -> new Thread(task).start()))
			.toList();
		List<Throwable> failures = attempts.stream()
			.map((attempt) -> attempt.handle((identity, failure) -> failure).join())
			.filter(Objects::nonNull)
			.toList();
		assertThat(failures).hasSize(7)
			.allSatisfy((failure) -> assertThat(failure).hasRootCauseInstanceOf(IdentityChangedException.class));
	}

	@Test
	void whoeverTakesTheSlotIsItsReaderAndNobodyElse() {
		assertThat(this.store.reader().heartbeat()).isEqualTo(-1);
		Identity first = begin();
		assertThat(this.store.reader().own()).isTrue();
		try (IdentityStore other = new IdentityStore(SETTINGS, this.name)) {
			Identity seen = other.look().identity();
			Identity beaten = this.store.beat(first, Lsn.ZERO).identity();
			assertThatExceptionOfType(IdentityChangedException.class).isThrownBy(() -> other.take(seen));
			assertThatExceptionOfType(IdentityChangedException.class).isThrownBy(() -> other.beat(beaten, Lsn.ZERO));
			Identity taken = other.take(beaten);
			assertThat(taken.epoch()).isEqualTo(first.epoch());
			assertThat(this.store.reader()).satisfies((reader) -> {
				assertThat(reader.own()).isFalse();
				assertThat(reader.holder()).isEqualTo(other.reader().holder());
				assertThat(reader.heartbeat()).isEqualTo(taken.heartbeat());
			});
			assertThatExceptionOfType(IdentityChangedException.class)
				.isThrownBy(() -> this.store.beat(beaten, Lsn.ZERO));
			this.store.release();
			assertThat(other.beat(taken, Lsn.ZERO).identity().heartbeat()).isEqualTo(taken.heartbeat() + 1);
			other.release();
			assertThat(other.reader().holder()).isNull();
		}
	}

	@Test
	void theLastGenerationIsTheLast() {
		Sighting sighting = this.store.look();
		assertThatExceptionOfType(StartupCheckException.class)
			.isThrownBy(() -> this.store.startGeneration(null, new Generation(127), Lsn.ZERO, sighting.server(), 1))
			.withMessageContaining("DELETE FROM kalam.identity WHERE slot = '" + this.name + "';");
	}

	@Test
	void theRecordOnlyGrows() {
		Identity identity = begin();
		Lsn later = new Lsn(this.created.confirmed().value() + 100);
		assertThat(this.store.beat(identity, later).identity().acknowledged()).isEqualTo(later);
		assertThat(this.store.beat(identity, this.created.confirmed()).identity().acknowledged()).isEqualTo(later);
	}

	@Test
	void theStreamSeesTheMessage() {
		Identity identity = begin();
		Heartbeat beat = this.store.beat(identity, this.created.confirmed());
		String query = """
				SELECT lsn FROM pg_logical_slot_peek_binary_changes('%s', NULL, NULL, 'proto_version', '1',
					'publication_names', 'kalam', 'messages', 'true') WHERE get_byte(data, 0) = ascii('M')
					AND encode(data, 'escape') LIKE '%%%s%%'
				""".formatted(this.name, KalamSchema.MESSAGE_PREFIX);
		assertThat(first(query)).isEqualTo(beat.message().toString());
	}

	@Test
	void aBeatIsSmall() {
		Identity identity = begin();
		Lsn before = this.store.beat(identity, this.created.confirmed()).server().inserted();
		for (int i = 0; i < 50; i++) {
			this.store.beat(identity, this.created.confirmed());
		}
		Lsn after = this.store.beat(identity, this.created.confirmed()).server().inserted();
		assertThat((after.value() - before.value()) / 51).isLessThan(500);
	}

	@Test
	void aBeatDoesNotWaitForAStandby() {
		Identity identity = begin();
		TestPostgres.execute(SETTINGS, "ALTER SYSTEM SET synchronous_standby_names = 'none_such'",
				"SELECT pg_reload_conf()");
		try {
			Awaitility.await().until(() -> first("SHOW synchronous_standby_names").equals("none_such"));
			assertThat(this.store.beat(identity, Lsn.ZERO).identity().heartbeat()).isEqualTo(1);
		}
		finally {
			TestPostgres.execute(SETTINGS, "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
		}
	}

	@Test
	void aLostConnectionIsOpenedAgain() {
		Identity identity = begin();
		TestPostgres.execute(SETTINGS, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
				+ "WHERE datname = current_database() AND pid <> pg_backend_pid()");
		assertThatExceptionOfType(DatabaseUnavailableException.class)
			.isThrownBy(() -> this.store.beat(identity, Lsn.ZERO));
		assertThat(this.store.beat(identity, Lsn.ZERO).identity().heartbeat()).isEqualTo(1);
	}

	@Test
	void aLockedRowPasses() throws SQLException {
		Identity identity = begin();
		try (Connection other = SETTINGS.connect(); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("SELECT * FROM kalam.identity FOR UPDATE");
			assertThatExceptionOfType(DatabaseUnavailableException.class)
				.isThrownBy(() -> this.store.beat(identity, Lsn.ZERO));
		}
		assertThat(this.store.beat(identity, Lsn.ZERO).identity().heartbeat()).isEqualTo(1);
	}

	@Test
	void aSlotThatIsBeingMadeHasNoHistoryYet() throws SQLException, InterruptedException {
		this.slot.drop();
		Thread creator = new Thread(() -> {
			try {
				this.slot.create((blocking) -> {
				});
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		try (Connection writer = SETTINGS.connect(); Statement statement = writer.createStatement()) {
			writer.setAutoCommit(false);
			statement.execute("INSERT INTO tickets VALUES (1)");
			creator.start();
			Awaitility.await().until(() -> this.slot.read() != null);
			assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(this.store::look)
				.withMessageContaining("is being made by pid");
			writer.rollback();
		}
		creator.join(5000);
		assertThat(this.store.look().slot()).isNotNull();
	}

	private Identity begin() {
		return this.store.startGeneration(null, new Generation(0), this.created.confirmed(), this.store.look().server(),
				this.database.publicationOid());
	}

	private String first(String query) {
		try (Connection connection = SETTINGS.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
