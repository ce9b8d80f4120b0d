package io.kalam.pipeline;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.kalam.catalog.PostgresSettings;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.sequence.Epoch;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to databases, while the application runs or while it does not: the engine
 * with its durable journal notices it, begins another history, refuses every cursor of
 * the one before and has whoever is connected read anew. Only a promotion that kept what
 * we have read goes on as if nothing had happened. {@code -Dkalam.disasters=true} tries
 * every case, which takes minutes.
 */
class DisasterIntegrationTests {

	private static final boolean ALL = Boolean.getBoolean("kalam.disasters");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	static final String SLOT = "kalam_app";

	static final String GROW = "SELECT pg_logical_emit_message(true, 'other', repeat('x', 20000000))";

	private static final String[] SCHEMA = { "CREATE TABLE notes (id int8 PRIMARY KEY, owner text)",
			"ALTER TABLE notes REPLICA IDENTITY FULL" };

	@TempDir
	private Path directory;

	private MovableServer server;

	private PostgresSettings app;

	private int rows;

	@BeforeEach
	void start() {
		this.server = new MovableServer(this.directory.resolve("server"));
		this.app = this.server.settings("app");
		TestPostgres.execute(this.server.settings("postgres"), "CREATE DATABASE app");
		TestPostgres.execute(this.app, SCHEMA);
	}

	@AfterEach
	void stop() throws Exception {
		this.server.close();
	}

	@ParameterizedTest
	@MethodSource("down")
	void whileTheApplicationIsDown(Disaster disaster) throws Exception {
		Epoch before;
		Position position;
		try (TestEngine engine = engine(); PolledClient client = new PolledClient(engine, "ann")) {
			engine.start();
			position = live(engine, client);
			disaster.prepare(this);
			insert();
			awaitRow(client, this.rows);
			before = engine.pipeline().epoch();
			engine.settle();
			awaitAcknowledged(client);
		}
		disaster.strike(this);
		insert();
		try (TestEngine engine = engine(); PolledClient client = new PolledClient(engine, "ann")) {
			engine.start();
			client.subscribe("notes", position.cursor, position.epoch);
			if (disaster == Disaster.PROMOTED) {
				assertThat(engine.pipeline().epoch()).isEqualTo(before);
				assertThat(client.await(Acknowledged.class).resumed()).isTrue();
				awaitRow(client, this.rows);
				assertThat(inserted(client)).isEqualTo(this.rows - position.rows);
				return;
			}
			assertThat(client.await(Failed.class).code()).isEqualTo(ErrorCode.CURSOR_EXPIRED);
			assertThat(engine.pipeline().epoch()).isNotEqualTo(before);
			readsAnew(client);
		}
	}

	@ParameterizedTest
	@MethodSource("running")
	void whileTheApplicationRuns(Disaster disaster) throws Exception {
		try (TestEngine engine = engine(); PolledClient client = new PolledClient(engine, "ann")) {
			engine.start();
			Position position = live(engine, client);
			disaster.prepare(this);
			insert();
			awaitRow(client, this.rows);
			Epoch before = engine.pipeline().epoch();
			disaster.strike(this);
			insert();
			if (disaster == Disaster.PROMOTED) {
				awaitRow(client, this.rows);
				assertThat(engine.pipeline().epoch()).isEqualTo(before);
				assertThat(client.polled).noneMatch(Reset.class::isInstance);
				assertThat(inserted(client)).isEqualTo(this.rows - position.rows);
				return;
			}
			client.await((event) -> event instanceof Reset reset && reset.reason() == Reset.Reason.EPOCH);
			assertThat(engine.pipeline().epoch()).isNotEqualTo(before);
			client.polled.clear();
			awaitSnapshot(client);
			try (PolledClient late = new PolledClient(engine, "ann")) {
				late.subscribe("notes", position.cursor, position.epoch);
				assertThat(late.await(Failed.class).code()).isEqualTo(ErrorCode.CURSOR_EXPIRED);
				readsAnew(late);
			}
		}
	}

	static Set<Disaster> down() {
		return ALL ? EnumSet.allOf(Disaster.class) : EnumSet.of(Disaster.ROLLED_BACK_AND_GROWN, Disaster.PROMOTED,
				Disaster.SLOT_ADVANCED, Disaster.CLONED, Disaster.UPGRADED_WITH_ITS_SLOT);
	}

	static Set<Disaster> running() {
		return ALL
				? EnumSet.complementOf(EnumSet.of(Disaster.SLOT_ADVANCED, Disaster.CLONED, Disaster.ROLLED_BACK,
						Disaster.PROMOTED_WITHOUT_OUR_LAST, Disaster.UPGRADED_WITH_ITS_SLOT))
				: EnumSet.of(Disaster.SLOT_RECREATED, Disaster.RESTORED_FROM_A_DUMP);
	}

	private TestEngine engine() {
		return new TestEngine(this.app, OnSlotLost.RESYNC,
				RocksJournal.open(RocksJournalSettings.defaults(this.directory.resolve("journal")), Clock.systemUTC()),
				1 << 20, TestEngine.owned("notes", "owner"));
	}

	/**
	 * A client that has had a row, live, and where it is then.
	 */
	private Position live(TestEngine engine, PolledClient client) {
		insert();
		client.subscribe("notes");
		String epoch = client.await(Acknowledged.class).epoch().value();
		client.awaitLive("notes");
		insert();
		Transaction transaction = awaitRow(client, this.rows);
		client.polled.clear();
		engine.settle();
		return new Position(transaction.sequence().toString(), epoch, this.rows);
	}

	private void readsAnew(PolledClient client) throws Exception {
		client.polled.clear();
		client.subscribe("notes");
		awaitSnapshot(client);
	}

	private void awaitSnapshot(PolledClient client) throws Exception {
		client.await((event) -> event instanceof Batch batch && !batch.hasMore());
		assertThat(client.polled.stream()
			.filter(Batch.class::isInstance)
			.mapToInt((batch) -> ((Batch) batch).rows().size())
			.sum()).isEqualTo(count());
		client.awaitLive("notes");
		insert();
		awaitRow(client, this.rows);
	}

	private static Transaction awaitRow(PolledClient client, int row) {
		return (Transaction) client.await((event) -> event instanceof Transaction transaction && transaction.changes()
			.stream()
			.anyMatch((change) -> new String(change.row()).contains("\"" + row + "\"")));
	}

	private static int inserted(PolledClient client) {
		return client.polled.stream()
			.filter(Transaction.class::isInstance)
			.mapToInt((transaction) -> ((Transaction) transaction).changes().size())
			.sum();
	}

	/**
	 * Until the database has been told that everything was read.
	 */
	private void awaitAcknowledged(PolledClient client) {
		long end = client.polled.stream()
			.filter(Transaction.class::isInstance)
			.mapToLong((transaction) -> ((Transaction) transaction).sequence().lsn().value())
			.max()
			.orElseThrow();
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> number("SELECT confirmed_flush_lsn - '0/0'::pg_lsn "
					+ "FROM pg_replication_slots WHERE slot_name = '" + SLOT + "'") >= end);
	}

	private int count() throws Exception {
		return (int) number("SELECT count(*) FROM notes");
	}

	private long number(String query) throws Exception {
		try (Connection connection = this.app.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getLong(1);
		}
	}

	private String text(String query) throws Exception {
		try (Connection connection = this.app.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getString(1);
		}
	}

	MovableServer server() {
		return this.server;
	}

	void insert() {
		this.rows++;
		TestPostgres.execute(this.app, "INSERT INTO notes VALUES (" + this.rows + ", 'ann')");
	}

	void execute(String... statements) {
		TestPostgres.execute(this.app, statements);
	}

	/**
	 * Ends whoever reads the slot, until the slot can be dropped.
	 */
	void dropSlot() {
		Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
			execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + SLOT
					+ "'", "SELECT pg_drop_replication_slot('" + SLOT + "')");
			return true;
		});
	}

	void createSlot() {
		execute("SELECT pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
	}

	/**
	 * A dump of another cluster's database, restored with what is ours in it.
	 */
	void restoreDump() throws Exception {
		String identity = text("SELECT quote_literal(i::text) FROM kalam.identity i");
		String columns = text("SELECT string_agg(format('%I %s', attname, format_type(atttypid, NULL)), ', ' "
				+ "ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'kalam.identity'::regclass AND attnum > 0");
		this.server.replace();
		TestPostgres.execute(this.server.settings("postgres"), "CREATE DATABASE app");
		execute(SCHEMA);
		execute("CREATE SCHEMA kalam", "CREATE TABLE kalam.identity (" + columns + ", PRIMARY KEY (slot))",
				"INSERT INTO kalam.identity SELECT (" + identity + "::kalam.identity).*",
				"CREATE PUBLICATION kalam FOR TABLE notes");
	}

	private record Position(String cursor, String epoch, int rows) {

	}

}
