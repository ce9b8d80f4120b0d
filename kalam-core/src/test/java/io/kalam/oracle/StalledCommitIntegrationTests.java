package io.kalam.oracle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.PostgresSettings;
import io.kalam.journal.TransactionMark;
import io.kalam.sequence.Sequence;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A commit that waits for a standby is in the log, and in the stream, long before a
 * snapshot can see it; and later ones, which do not wait, are visible before it.
 */
class StalledCommitIntegrationTests {

	private static final Duration WAIT = Duration.ofSeconds(60);

	private static final String LATER = "SET synchronous_commit = local; UPDATE notes SET n = 20 WHERE id = 2; "
			+ "INSERT INTO notes VALUES (5, 'ann', 5)";

	private final OracleCounts counts = new OracleCounts();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private EmbeddedPostgres server;

	private PostgresSettings postgres;

	@BeforeEach
	void start() {
		this.server = TestPostgres.start(Map.of());
		PostgresSettings settings = TestPostgres.settings(this.server, "postgres");
		this.postgres = new PostgresSettings(settings.host(), settings.port(), settings.database(), settings.user(),
				settings.password(), Map.of("options", "-c statement_timeout=0"));
		TestPostgres.execute(this.postgres, OracleTable.SCHEMA);
		TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (1, 'ann', 1), (2, 'ann', 2), (3, 'ann', 3)");
	}

	@AfterEach
	void stop() throws Exception {
		this.executor.shutdownNow();
		this.server.close();
	}

	@Test
	void whatNoSnapshotCanSeeYetComesWithTheStream() throws Exception {
		try (TestEngine engine = engine()) {
			engine.start();
			OracleClient before = subscribe(engine);
			poll(before, engine.settle());
			Sequence from = engine.settle();
			standby("none_such");
			Future<?> stalled = this.executor.submit(() -> TestPostgres.execute(this.postgres, stalling()));
			Sequence commit = streamed(engine, from);
			TestPostgres.execute(this.postgres, LATER);
			assertThat(visible()).isEqualTo(Set.of(row(1, 1), row(2, 20), row(3, 3), row(5, 5)));
			Set<String> expected = Set.of(row(1, 10), row(2, 20), row(4, 4), row(5, 5));

			OracleClient during = subscribe(engine);
			Sequence head = engine.settle();
			poll(during, head);
			poll(before, head);
			assertThat(held(during)).isEqualTo(expected);
			assertThat(held(before)).isEqualTo(expected);
			assertNotAcknowledged(engine, commit);
			assertThat(stalled.isDone()).isFalse();

			resume(stalled);
			OracleClient after = subscribe(engine);
			head = engine.settle();
			for (OracleClient client : List.of(before, during, after)) {
				poll(client, head);
				assertThat(held(client)).isEqualTo(visible()).isEqualTo(expected);
			}
			assertAcknowledged(engine, commit);
		}
	}

	@Test
	void restartThatForgetsTheJournalDoesNotLoseIt() throws Exception {
		Future<?> stalled;
		Sequence commit;
		try (TestEngine engine = engine()) {
			engine.start();
			passTransactions();
			Sequence from = engine.settle();
			standby("none_such");
			stalled = this.executor.submit(() -> TestPostgres.execute(this.postgres, stalling()));
			commit = streamed(engine, from);
			TestPostgres.execute(this.postgres, LATER);
			assertNotAcknowledged(engine, commit);
		}
		try (TestEngine engine = engine()) {
			engine.start();
			OracleClient during = subscribe(engine);
			poll(during, engine.settle());
			assertThat(held(during)).isEqualTo(Set.of(row(1, 10), row(2, 20), row(4, 4), row(5, 5)));
			assertThat(visible()).contains(row(1, 1));
			assertNotAcknowledged(engine, commit);
			resume(stalled);
			poll(during, engine.settle());
			assertThat(held(during)).isEqualTo(visible());
			assertAcknowledged(engine, commit);
		}
	}

	private TestEngine engine() {
		return new TestEngine(this.postgres, TestEngine.owned("notes", "owner"), TestEngine.shared("board"));
	}

	/**
	 * So many that who began to write to a table before it was published can be told from
	 * who began later.
	 */
	private void passTransactions() {
		TestPostgres.execute(this.postgres,
				"DO $$ BEGIN FOR i IN 1..300 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$");
	}

	private static String stalling() {
		return "BEGIN; UPDATE notes SET n = 10 WHERE id = 1; DELETE FROM notes WHERE id = 3; "
				+ "INSERT INTO notes VALUES (4, 'ann', 4); COMMIT";
	}

	private void standby(String names) {
		TestPostgres.execute(this.postgres, "ALTER SYSTEM SET synchronous_standby_names = '" + names + "'",
				"SELECT pg_reload_conf()");
		Awaitility.await().atMost(WAIT).until(() -> query("SHOW synchronous_standby_names").equals(names));
	}

	private void resume(Future<?> stalled) throws Exception {
		standby("");
		stalled.get(WAIT.toSeconds(), TimeUnit.SECONDS);
	}

	/**
	 * Waits until the stalled commit, the only one of a table, has come out of the
	 * stream.
	 */
	private static Sequence streamed(TestEngine engine, Sequence from) {
		AtomicReference<Sequence> found = new AtomicReference<>();
		Awaitility.await().atMost(WAIT).until(() -> {
			List<TransactionMark> marks = engine.journal().transactionsAfter(from);
			marks.forEach((mark) -> found.set(mark.sequence()));
			return marks.size() == 1;
		});
		return found.get();
	}

	private OracleClient subscribe(TestEngine engine) {
		OracleClient client = new OracleClient(engine::sessions, "ann", false, this.counts, () -> {
		});
		List<OracleTable.OracleColumn> columns = List.of(OracleTable.NOTES.column("id"), OracleTable.NOTES.column("n"));
		OracleQuery query = new OracleQuery(OracleTable.NOTES, columns, "SELECT id, n FROM notes", List.of(), "TRUE",
				false, "");
		client.subscribe("s", new Held(query, "ann", Wanted.ALL), 1 + new Random().nextInt(3));
		return client;
	}

	private static void poll(OracleClient client, Sequence end) {
		Awaitility.await().atMost(WAIT).pollInterval(Duration.ofMillis(10)).until(() -> {
			while (client.step()) {
				assertThat(client.held()).hasSize(1);
			}
			client.session().mark();
			return client.isCompleteUpTo(end);
		});
	}

	private static Set<String> held(OracleClient client) {
		return client.held().get("s").rows();
	}

	private Set<String> visible() throws SQLException {
		try (Connection connection = this.postgres.connect()) {
			return new OracleQuery(OracleTable.NOTES,
					List.of(OracleTable.NOTES.column("id"), OracleTable.NOTES.column("n")), "", List.of(), "TRUE",
					false, "")
				.rows(connection, "owner = 'ann'");
		}
	}

	private static String row(int id, int n) {
		return "{\"id\":\"" + id + "\",\"n\":" + n + "}";
	}

	private void assertNotAcknowledged(TestEngine engine, Sequence commit) throws SQLException {
		for (int beat = 0; beat < 4; beat++) {
			engine.settle();
			assertThat(confirmed(engine)).as("what the slot was told").isLessThan(commit.lsn());
		}
	}

	private void assertAcknowledged(TestEngine engine, Sequence commit) {
		Awaitility.await().atMost(WAIT).until(() -> {
			engine.settle();
			return !commit.lsn().isAfter(confirmed(engine));
		});
	}

	private Lsn confirmed(TestEngine engine) throws SQLException {
		return Lsn.parse(query(
				"SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + engine.slot() + "'"));
	}

	private String query(String sql) throws SQLException {
		try (Connection connection = this.postgres.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

}
