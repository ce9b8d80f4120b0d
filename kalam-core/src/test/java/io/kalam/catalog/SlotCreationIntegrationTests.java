package io.kalam.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The creation of a slot while transactions are open.
 */
class SlotCreationIntegrationTests {

	private static final PostgresSettings SETTINGS = TestPostgres.createDatabase();

	private static final String NAME = "slot_" + SETTINGS.database();

	private final ReplicationSlot slot = new ReplicationSlot(SETTINGS, NAME);

	private final List<BlockingTransaction> waited = new CopyOnWriteArrayList<>();

	private final CompletableFuture<SlotState> created = new CompletableFuture<>();

	private final Thread creator = new Thread(this::create);

	private Connection writer;

	@BeforeEach
	void openTransaction() throws SQLException {
		TestPostgres.execute(SETTINGS, "CREATE TABLE IF NOT EXISTS tickets (id int)");
		this.writer = SETTINGS.connect();
		this.writer.setAutoCommit(false);
		execute("INSERT INTO tickets VALUES (1)");
	}

	@AfterEach
	void clean() throws SQLException {
		this.writer.close();
		this.slot.drop();
	}

	@Test
	void namesTheTransactionAndGoesOnWhenItEnds() throws Exception {
		int pid = Integer.parseInt(one("SELECT pg_backend_pid()"));
		this.creator.start();
		Awaitility.await().until(() -> !this.waited.isEmpty());
		BlockingTransaction blocking = this.waited.get(0);
		assertThat(blocking.pid()).isEqualTo(pid);
		assertThat(blocking.database()).isEqualTo(SETTINGS.database());
		assertThat(blocking.remedy()).isEqualTo("SELECT pg_terminate_backend(" + pid + ");");
		assertThat(this.slot.read().isBeingMade()).isTrue();
		this.writer.commit();
		SlotState state = this.created.get(5, TimeUnit.SECONDS);
		assertThat(state.confirmed()).isNotNull();
		assertThat(state.isBeingMade()).isFalse();
		assertThat(state.isLost()).isFalse();
		assertThat(state.plugin()).isEqualTo(ReplicationSlot.PLUGIN);
		assertThat(state.database()).isEqualTo(SETTINGS.database());
		assertThat(this.slot.read()).isEqualTo(state);
	}

	@Test
	void namesAPreparedTransaction() throws Exception {
		execute("PREPARE TRANSACTION 'it''s'");
		this.creator.start();
		Awaitility.await().until(() -> !this.waited.isEmpty());
		assertThat(this.waited.get(0).pid()).isNull();
		assertThat(this.waited.get(0).gid()).isEqualTo("it's");
		TestPostgres.execute(SETTINGS, this.waited.get(0).remedy());
		this.created.get(5, TimeUnit.SECONDS);
	}

	@Test
	void waitsLongerThanTheTimeouts() throws Exception {
		PostgresSettings hasty = with(
				Map.of("options", "-c statement_timeout=300 -c lock_timeout=300", "socketTimeout", "1"));
		CompletableFuture<SlotState> patient = CompletableFuture.supplyAsync(() -> {
			try {
				return new ReplicationSlot(hasty, NAME).create(this.waited::addAll);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		Awaitility.await().until(() -> !this.waited.isEmpty());
		Awaitility.await().during(Duration.ofMillis(1500)).until(() -> !patient.isDone());
		this.writer.commit();
		assertThat(patient.get(5, TimeUnit.SECONDS).confirmed()).isNotNull();
	}

	@Test
	void leavesNothingBehindWhenInterrupted() {
		this.creator.start();
		Awaitility.await().until(() -> !this.waited.isEmpty());
		this.creator.interrupt();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !this.creator.isAlive());
		assertThat(this.created).isCompletedExceptionally();
		assertThat(this.slot.read()).isNull();
	}

	@Test
	void leavesNothingBehindWhenTheProcessDies() throws SQLException {
		SlotCreation creation = SlotCreation
			.start(with(Map.of("socketFactory", RecordingSocketFactory.class.getName())), NAME);
		Awaitility.await().until(() -> !creation.blocking().isEmpty());
		RecordingSocketFactory.closeAll();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.slot.read() == null);
	}

	@Test
	void leavesNothingBehindWhenItIsCancelledByTheServer() {
		this.creator.start();
		Awaitility.await().until(() -> !this.waited.isEmpty());
		TestPostgres.execute(SETTINGS,
				"SELECT pg_cancel_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + NAME + "'");
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> this.created.get(5, TimeUnit.SECONDS))
			.withCauseInstanceOf(DatabaseUnavailableException.class);
		assertThat(this.slot.read()).isNull();
	}

	@Test
	void sharesWithAnotherProcess() throws Exception {
		this.creator.start();
		Awaitility.await().until(() -> !this.waited.isEmpty());
		assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(() -> this.slot.create((none) -> {
		})).withMessageContaining("Another process has just created the slot");
		this.writer.commit();
		assertThat(this.created.get(5, TimeUnit.SECONDS)).isEqualTo(this.slot.read());
	}

	@Test
	void dropsNoSlotThatIsNotOurs() throws SQLException {
		this.writer.commit();
		TestPostgres.execute(SETTINGS, "SELECT pg_create_physical_replication_slot('" + NAME + "')");
		this.slot.drop();
		assertThat(this.slot.read()).isNotNull();
		TestPostgres.execute(SETTINGS, "SELECT pg_drop_replication_slot('" + NAME + "')");
	}

	private static PostgresSettings with(Map<String, String> properties) {
		return new PostgresSettings(SETTINGS.host(), SETTINGS.port(), SETTINGS.database(), SETTINGS.user(),
				SETTINGS.password(), properties);
	}

	private void create() {
		try {
			this.created.complete(this.slot.create(this.waited::addAll));
		}
		catch (InterruptedException | RuntimeException ex) {
			this.created.completeExceptionally(ex);
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.writer.createStatement()) {
			statement.execute(sql);
		}
	}

	private String one(String sql) throws SQLException {
		try (Statement statement = this.writer.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

}
