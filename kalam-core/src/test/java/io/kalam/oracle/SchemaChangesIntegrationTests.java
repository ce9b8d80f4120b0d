package io.kalam.oracle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.kalam.catalog.PostgresSettings;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Columns are added, dropped, renamed and altered, and the table dropped and created
 * again, while it is written to and subscribed to: no client is told a row that has other
 * columns than it knows, and at every quiet moment each holds what its query returns.
 * {@code -Dkalam.oracle.seed=} repeats one (what the threads make of it apart),
 * {@code -Dkalam.oracle.seconds=} runs for longer.
 */
class SchemaChangesIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(SchemaChangesIntegrationTests.class);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Set<String> OVERTAKEN = Set.of("42P01", "42703", "XX000", "0A000", "40P01", "42804");

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	/**
	 * Who waits for a lock is told so, and does not wait for ever.
	 */
	private final PostgresSettings impatient = new PostgresSettings(this.postgres.host(), this.postgres.port(),
			this.postgres.database(), this.postgres.user(), this.postgres.password(),
			Map.of("options", "-c statement_timeout=60s"));

	private final List<SchemaClient> clients = new ArrayList<>();

	private final AtomicBoolean stop = new AtomicBoolean();

	@Test
	void whatClientsHoldHasTheColumnsOfTheTable() throws Exception {
		long seed = Long.getLong("kalam.oracle.seed", new Random().nextInt(1_000_000_000));
		long seconds = Long.getLong("kalam.oracle.seconds", 8);
		logger.info("Schema changes begin: -Dkalam.oracle.seed={} -Dkalam.oracle.seconds={}", seed, seconds);
		Random random = new Random(seed);
		SchemaChanges changes = new SchemaChanges(random);
		TestPostgres.execute(this.postgres, changes.create());
		List<String> done = new ArrayList<>();
		try (TestEngine engine = new TestEngine(this.postgres, TestEngine.owned("shifts", "owner"))) {
			engine.start();
			List.of("ann", "bob", "ann", "cyd").forEach((user) -> subscribe(engine, user, changes));
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
			for (int round = 0; round < 4 || System.nanoTime() < end; round++) {
				watchedRound(engine, random, changes, done);
			}
			logger.info("Schema changes have ended: {} changes, {} resets, {} resumes", done.size(),
					this.clients.stream().mapToInt((client) -> client.resets).sum(),
					this.clients.stream().mapToInt((client) -> client.resumes).sum());
			assertThat(this.clients).anyMatch((client) -> client.resets > 0);
		}
		catch (AssertionError | Exception ex) {
			throw new AssertionError("Failed with -Dkalam.oracle.seed=" + seed + " after " + done, ex);
		}
	}

	private void watchedRound(TestEngine engine, Random random, SchemaChanges changes, List<String> done) {
		try {
			round(engine, random, changes, done);
		}
		catch (AssertionError | Exception ex) {
			this.stop.set(true);
			throw new AssertionError("Capture: " + engine.pipeline().status() + ", the database: " + sessions(), ex);
		}
	}

	/**
	 * What the sessions of the database do and wait for.
	 */
	private List<String> sessions() {
		List<String> sessions = new ArrayList<>();
		try (Connection connection = this.impatient.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT concat_ws(' ', pid, application_name, state, "
						+ "wait_event_type, wait_event, 'blocked by', pg_blocking_pids(pid)::text, left(query, 120)) "
						+ "FROM pg_stat_activity WHERE datname = current_database()")) {
			while (row.next()) {
				sessions.add(row.getString(1));
			}
		}
		catch (SQLException ex) {
			sessions.add(ex.toString());
		}
		return sessions;
	}

	private void subscribe(TestEngine engine, String user, SchemaChanges changes) {
		SchemaClient client = new SchemaClient(engine.sessions(), user);
		this.clients.add(client);
		subscribe(client, changes);
	}

	private static void subscribe(SchemaClient client, SchemaChanges changes) {
		client.subscribe("SELECT * FROM shifts", "TRUE");
		client.subscribe("SELECT n, id FROM shifts WHERE n > 3", "n > 3");
		if (!changes.extra().isEmpty()) {
			client.subscribe("SELECT id, " + changes.extra().get(0) + " FROM shifts", "TRUE");
		}
	}

	private void round(TestEngine engine, Random random, SchemaChanges changes, List<String> done) throws Exception {
		this.stop.set(false);
		ExecutorService executor = Executors.newFixedThreadPool(2);
		List<Future<Void>> writers = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			writers.add(executor.submit(writer(new Random(random.nextLong()))));
		}
		int count = 1 + random.nextInt(3);
		for (int i = 0; i < count; i++) {
			storm(random, 100);
			String change = changes.next();
			done.add(change);
			TestPostgres.execute(this.impatient, change);
			storm(random, 100);
		}
		this.stop.set(true);
		executor.shutdown();
		for (Future<Void> writer : writers) {
			Awaitility.await("a writer ends").atMost(PATIENCE.multipliedBy(2)).until(writer::isDone);
			writer.get();
		}
		TestPostgres.execute(this.impatient, "UPDATE shifts SET n = (n + 1) % 9");
		engine.settle();
		compare();
		SchemaClient client = this.clients.get(random.nextInt(this.clients.size()));
		if (client.held().size() < 6) {
			subscribe(client, changes);
		}
	}

	private void storm(Random random, int milliseconds) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
		while (System.nanoTime() < end) {
			for (SchemaClient client : this.clients) {
				client.poll();
				if (random.nextInt(30) == 0 && !client.held().isEmpty()) {
					client.resume(List.copyOf(client.held().keySet()).get(random.nextInt(client.held().size())));
				}
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
	}

	private Callable<Void> writer(Random random) {
		return () -> {
			try (Connection connection = this.impatient.connect(); Statement statement = connection.createStatement()) {
				while (!this.stop.get()) {
					write(statement, random);
				}
			}
			return null;
		};
	}

	private static void write(Statement statement, Random random) throws SQLException {
		int id = 1 + random.nextInt(40);
		String owner = "'" + List.of("ann", "bob", "cyd").get(random.nextInt(3)) + "'";
		try {
			statement.execute(switch (random.nextInt(4)) {
				case 0 -> "INSERT INTO shifts (id, owner, n) VALUES (" + id + ", " + owner + ", " + id % 9
						+ ") ON CONFLICT DO NOTHING";
				case 1 -> "UPDATE shifts SET n = (n + 1) % 9 WHERE id = " + id;
				case 2 -> "UPDATE shifts SET owner = " + owner + " WHERE id = " + id;
				default -> "DELETE FROM shifts WHERE id = " + id;
			});
			statement.execute("SELECT pg_sleep(0.005)");
		}
		catch (SQLException ex) {
			if (!OVERTAKEN.contains(ex.getSQLState())) {
				throw ex;
			}
		}
	}

	/**
	 * A table that was created again is published by the next look at the catalog.
	 */
	private void compare() throws SQLException {
		try (Connection connection = this.impatient.connect()) {
			for (SchemaClient client : this.clients) {
				Awaitility.await("what " + client.user() + " holds").atMost(PATIENCE).untilAsserted(() -> {
					client.poll();
					for (SchemaClient.Rows rows : List.copyOf(client.held().values())) {
						assertThat(rows.isLive()).as("%s is live", rows.sql).isTrue();
						assertThat(rows.rows()).as("what %s holds of %s", client.user(), rows.sql)
							.isEqualTo(expected(client, rows, connection));
					}
				});
			}
		}
	}

	private static Set<String> expected(SchemaClient client, SchemaClient.Rows rows, Connection connection)
			throws SQLException {
		Set<String> all = new TreeSet<>();
		try (Statement statement = connection.createStatement();
				ResultSet found = statement
					.executeQuery("SELECT '{' || (SELECT string_agg(to_json(a.attname)::text || ':' || "
							+ "(CASE WHEN a.atttypid = 'int8'::regtype THEN to_json(r.j ->> a.attname)::text "
							+ "ELSE (r.j -> a.attname)::text END), ',' ORDER BY " + order(rows) + ") "
							+ "FROM pg_attribute a WHERE a.attrelid = 'shifts'::regclass AND a.attnum > 0 "
							+ "AND NOT a.attisdropped" + chosen(rows) + ") || '}' "
							+ "FROM (SELECT to_jsonb(s) AS j FROM shifts s WHERE (" + rows.condition + ") AND owner = '"
							+ client.user() + "') AS r")) {
			while (found.next()) {
				all.add(found.getString(1));
			}
		}
		return all;
	}

	private static String order(SchemaClient.Rows rows) {
		return rows.sql.contains("*") ? "a.attnum" : "array_position(" + names(rows) + ", a.attname::text)";
	}

	private static String chosen(SchemaClient.Rows rows) {
		return rows.sql.contains("*") ? "" : " AND a.attname = ANY (" + names(rows) + ")";
	}

	private static String names(SchemaClient.Rows rows) {
		return "ARRAY['" + String.join("','", rows.columns()) + "']";
	}

}
