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
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kalam.catalog.PostgresSettings;
import io.kalam.query.QueryLimits;
import io.kalam.query.WindowLimits;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionSessions;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * At every quiet moment what a window holds is what Postgres answers with {@code ORDER BY
 * … LIMIT}, after several writers have changed rows at the same time.
 * {@code -Dkalam.window.rounds} says how often, {@code -Dkalam.window.seed} makes the
 * same choices again as far as threads allow.
 */
class WindowIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(WindowIntegrationTests.class);

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private static final String ALL = "SELECT * FROM scores";

	private static final List<Query> QUERIES = List.of(
			new Query("SELECT * FROM scores ORDER BY n DESC NULLS LAST LIMIT 5", "id", "n DESC NULLS LAST, id"),
			new Query("SELECT * FROM scores ORDER BY price LIMIT 3", "id", "price, id"),
			new Query("SELECT * FROM scores WHERE done ORDER BY at DESC, label LIMIT 4", "id", "at DESC, label, id"),
			new Query("SELECT * FROM scores WHERE n > 2 LIMIT 6", "id", "id"),
			new Query("SELECT * FROM scores ORDER BY label NULLS FIRST, price DESC LIMIT 7", "id",
					"label NULLS FIRST, price DESC, id"),
			new Query("SELECT * FROM scores ORDER BY ratio DESC, \"case\", id DESC LIMIT 6", "id",
					"ratio DESC, \"case\", id DESC"),
			new Query("SELECT n FROM names ORDER BY n LIMIT 4", "name", "n, name COLLATE \"C\""),
			new Query("SELECT * FROM names LIMIT 5", "name", "name COLLATE \"C\""));

	private static final String[] LABELS = { "NULL", "''", "'a'", "'A'", "'b'", "'é'", "'ﬁ'", "'😀'", "'a '" };

	private static final String[] PRICES = { "NULL", "0", "0.00", "1.5", "1.50", "-2.25", "100", "'NaN'", "'Infinity'",
			"'-Infinity'", "99999999999999999999.5" };

	private static final String[] TIMES = { "NULL", "'infinity'", "'-infinity'", "'2026-01-01T00:00:00Z'",
			"'2026-01-01T00:00:00.123456Z'", "'1999-01-01T12:00:00Z'", "'2026-01-01T02:00:00+02:00'" };

	private static final String[] RATIOS = { "NULL", "0", "'-0'", "'NaN'", "1e-30", "'-Infinity'", "2.5" };

	private static final String[] NAMES = { "'a'", "'B'", "'b'", "'ä'", "'z'", "'Z'", "'é'", "'ﬁ'", "'😀'", "'10'",
			"'9'", "'a b'", "'a-b'" };

	private PostgresSettings postgres;

	private TestEngine engine;

	@BeforeEach
	void startEngine() {
		this.postgres = TestPostgres.createDatabase();
		TestPostgres.execute(this.postgres,
				"CREATE TABLE scores (id int8 PRIMARY KEY, n int4, price numeric, at timestamptz, "
						+ "label text COLLATE \"C\", done bool, ratio float8, \"case\" int2)",
				"CREATE TABLE names (name text COLLATE \"und-x-icu\" PRIMARY KEY, n int4)");
		this.engine = new TestEngine(this.postgres, TestEngine.shared("scores"), TestEngine.shared("names"));
		this.engine.start();
	}

	@AfterEach
	void stopEngine() {
		this.engine.close();
	}

	@Test
	void holdsWhatPostgresAnswers() throws Exception {
		long seed = Long.getLong("kalam.window.seed", new Random().nextInt(1_000_000_000));
		logger.info("Windows begin: -Dkalam.window.seed={}", seed);
		Random random = new Random(seed);
		SubscriptionSessions sessions = sessions(new WindowLimits(100, 2, 1 << 20, Duration.ofMillis(20)),
				new AtomicInteger());
		ExecutorService writers = Executors.newFixedThreadPool(3);
		int refills = 0;
		try (Connection connection = this.postgres.connect();
				WindowClient quick = new WindowClient(sessions, 1 << 20);
				WindowClient slow = new WindowClient(sessions, 300)) {
			List<WindowClient> clients = List.of(quick, slow);
			for (int round = 0; round < Integer.getInteger("kalam.window.rounds", 12); round++) {
				storm(writers, clients, random);
				if (round == 1) {
					clients.forEach(WindowIntegrationTests::subscribe);
				}
				if (round > 0) {
					settle(clients);
					for (WindowClient client : clients) {
						check(connection, client, "round " + round + " of seed " + seed);
					}
				}
			}
			refills = quick.refills + slow.refills;
		}
		finally {
			writers.shutdownNow();
		}
		assertThat(refills).as("windows that were read anew").isPositive();
	}

	@Test
	void deletingInALoopDoesNotReadInALoop() throws Exception {
		TestPostgres.execute(this.postgres, "INSERT INTO scores SELECT g FROM generate_series(1, 400) g");
		Duration interval = Duration.ofSeconds(2);
		AtomicInteger reads = new AtomicInteger();
		SubscriptionSessions sessions = sessions(new WindowLimits(100, 2, 1 << 20, interval), reads);
		String sql = "SELECT id FROM scores LIMIT 5";
		try (Connection connection = this.postgres.connect();
				Statement statement = connection.createStatement();
				WindowClient client = new WindowClient(sessions, 1 << 20)) {
			client.subscribe(sql, "id");
			settle(List.of(client));
			long begin = System.nanoTime();
			for (int id = 1; id <= 300; id++) {
				statement.execute("DELETE FROM scores WHERE id = " + id);
				client.take();
			}
			settle(List.of(client));
			long intervals = (System.nanoTime() - begin) / interval.toNanos();
			assertThat(client.rows(sql)).containsOnlyKeys("301", "302", "303", "304", "305");
			assertThat(client.refills).isPositive();
			assertThat((long) reads.get()).as("reads").isGreaterThan(1).isLessThanOrEqualTo(3 + intervals);
		}
	}

	@Test
	void spareRowsMoveUpWithoutARead() throws Exception {
		TestPostgres.execute(this.postgres, "INSERT INTO scores SELECT g FROM generate_series(1, 400) g");
		AtomicInteger reads = new AtomicInteger();
		SubscriptionSessions sessions = sessions(WindowLimits.DEFAULT, reads);
		String sql = "SELECT id FROM scores LIMIT 5";
		try (Connection connection = this.postgres.connect();
				Statement statement = connection.createStatement();
				WindowClient client = new WindowClient(sessions, 1 << 20)) {
			client.subscribe(sql, "id");
			settle(List.of(client));
			statement.execute("DELETE FROM scores WHERE id < 51");
			statement.execute("INSERT INTO scores VALUES (7)");
			settle(List.of(client));
			assertThat(client.rows(sql)).containsOnlyKeys("7", "51", "52", "53", "54");
			assertThat(reads).hasValue(1);
			assertThat(client.refills).isZero();
		}
	}

	private SubscriptionSessions sessions(WindowLimits limits, AtomicInteger reads) {
		return this.engine.sessions(new QueryLimits(8192, 64, 1024, 32, limits), (request) -> reads.incrementAndGet());
	}

	private static void subscribe(WindowClient client) {
		client.subscribe(ALL, "id");
		QUERIES.forEach((query) -> client.subscribe(query.sql(), query.key()));
	}

	private void storm(ExecutorService writers, List<WindowClient> clients, Random random) throws Exception {
		List<Future<?>> all = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			long seed = random.nextLong();
			all.add(writers.submit(() -> {
				write(new Random(seed));
				return null;
			}));
		}
		while (!all.stream().allMatch(Future::isDone)) {
			clients.get(0).take();
		}
		for (Future<?> each : all) {
			each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
	}

	private void write(Random random) throws SQLException {
		try (Connection connection = this.postgres.connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			for (int i = 0; i < 25; i++) {
				try {
					for (int change = random.nextInt(4); change >= 0; change--) {
						statement.execute(change(random));
					}
					if (random.nextInt(8) == 0) {
						connection.rollback();
					}
					connection.commit();
				}
				catch (SQLException ex) {
					assertThat(ex.getSQLState()).as(ex.getMessage()).isIn("23505", "40P01");
					connection.rollback();
				}
			}
		}
	}

	private static String change(Random random) {
		int id = 1 + random.nextInt(30);
		String name = one(NAMES, random);
		return switch (random.nextInt(12)) {
			case 0, 1, 2, 3 -> "INSERT INTO scores VALUES (" + id + ", " + values(random)
					+ ") ON CONFLICT (id) DO UPDATE SET n = excluded.n, price = excluded.price, at = excluded.at, "
					+ "label = excluded.label, done = excluded.done, ratio = excluded.ratio, \"case\" = excluded.\"case\"";
			case 4, 5, 6 -> "DELETE FROM scores WHERE id = " + id;
			case 7 -> "UPDATE scores SET n = n + 1, price = price * 1.0 WHERE id % 3 = " + random.nextInt(3);
			case 8 -> "UPDATE scores SET id = " + id + " WHERE id = " + (1 + random.nextInt(30));
			case 9 -> (random.nextInt(12) == 0) ? "TRUNCATE scores" : "DELETE FROM names WHERE name = " + name;
			default -> "INSERT INTO names VALUES (" + name + ", " + random.nextInt(4)
					+ ") ON CONFLICT (name) DO UPDATE SET n = excluded.n";
		};
	}

	private static String values(Random random) {
		String n = (random.nextInt(5) == 0) ? "NULL" : String.valueOf(random.nextInt(8));
		return String.join(", ", n, one(PRICES, random), one(TIMES, random), one(LABELS, random),
				random.nextBoolean() ? "true" : "NULL", one(RATIOS, random), String.valueOf(random.nextInt(3)));
	}

	private static String one(String[] values, Random random) {
		return values[random.nextInt(values.length)];
	}

	private void settle(List<WindowClient> clients) {
		Sequence head = this.engine.settle();
		Awaitility.await("every window is marked").atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
			clients.forEach(WindowClient::mark);
			clients.forEach(WindowClient::take);
			return clients.stream().allMatch((client) -> client.isMarked(head));
		});
	}

	private static void check(Connection connection, WindowClient client, String when) throws SQLException {
		Map<String, JsonNode> all = client.rows(ALL);
		for (Query query : QUERIES) {
			Map<String, JsonNode> rows = client.rows(query.sql());
			assertThat(new TreeSet<>(rows.keySet())).as(query.sql() + ", " + when)
				.isEqualTo(new TreeSet<>(query.keys(connection)));
			if (query.key().equals("id")) {
				rows.forEach((key, row) -> assertThat(row).as(query.sql() + ", " + when).isEqualTo(all.get(key)));
			}
		}
	}

	/**
	 * A query.
	 *
	 * @param sql as the client writes it
	 * @param key the key of its table
	 * @param order in which order its rows are, the key included
	 */
	private record Query(String sql, String key, String order) {

		List<String> keys(Connection connection) throws SQLException {
			int from = this.sql.indexOf("FROM");
			int orderBy = this.sql.contains("ORDER BY") ? this.sql.indexOf("ORDER BY") : this.sql.indexOf("LIMIT");
			String select = "SELECT " + this.key + "::text AS found " + this.sql.substring(from, orderBy) + "ORDER BY "
					+ this.order + " " + this.sql.substring(this.sql.indexOf("LIMIT"));
			List<String> keys = new ArrayList<>();
			try (Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(select)) {
				while (found.next()) {
					keys.add(found.getString(1));
				}
			}
			return keys;
		}

	}

}
