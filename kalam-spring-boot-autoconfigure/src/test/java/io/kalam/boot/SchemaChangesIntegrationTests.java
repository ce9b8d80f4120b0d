package io.kalam.boot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client on a real WebSocket is told when the table's columns change, while it is
 * written to and while the application is down: a reset with the new schema and the rows
 * as they are, never a row with columns that it does not know or that are filled with
 * nulls.
 */
class SchemaChangesIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private static final String TABLE = "CREATE TABLE tickets (id bigint PRIMARY KEY, assignee_id text NOT NULL, "
			+ "title varchar(200) NOT NULL, hits int NOT NULL DEFAULT 1, mood mood NOT NULL DEFAULT 'ok')";

	private static final String ROWS = "INSERT INTO tickets (id, assignee_id, title) "
			+ "SELECT g, 'alice', 'title ' || g FROM generate_series(1, 20) g";

	/**
	 * What a writer may meet whose table is being changed.
	 */
	private static final Set<String> OVERTAKEN = Set.of("42P01", "42703", "XX000", "0A000", "40P01", "42804");

	private final AtomicBoolean stop = new AtomicBoolean();

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().durable(true).start();
		this.settings = RunningApplication.settings(this.server);
		TestPostgres.execute(this.settings, "CREATE TYPE mood AS ENUM ('sad', 'ok')", TABLE,
				"ALTER TABLE tickets REPLICA IDENTITY FULL", ROWS);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void underLoad() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try (RunningApplication application = application();
				SchemaFollower alice = new SchemaFollower(application.socket())) {
			alice.subscribe("");
			awaitLive(alice);
			Future<Integer> writer = executor.submit(this::writeAll);
			for (Alteration alteration : Alteration.values()) {
				int resets = alice.resets();
				TestPostgres.execute(this.settings, alteration.statements);
				await(alteration + " is known", alice,
						() -> alice.resets() > resets && alice.columns().equals(alteration.columns));
				awaitLive(alice);
			}
			this.stop.set(true);
			assertThat(writer.get()).isPositive();
			awaitRows(alice);
		}
		finally {
			this.stop.set(true);
			executor.shutdown();
		}
	}

	@Test
	void whileTheApplicationIsDown() {
		String resume;
		try (RunningApplication application = application();
				SchemaFollower alice = new SchemaFollower(application.socket())) {
			alice.subscribe("");
			awaitLive(alice);
			resume = alice.resume();
		}
		Set<Alteration> together = EnumSet.of(Alteration.ADDED, Alteration.WIDENED);
		for (Alteration alteration : Alteration.values()) {
			TestPostgres.execute(this.settings, alteration.statements);
			if (together.contains(alteration)) {
				continue;
			}
			try (RunningApplication application = application();
					SchemaFollower alice = new SchemaFollower(application.socket())) {
				alice.subscribe(resume);
				await("the cursor is refused", alice, () -> alice.error().equals("CURSOR_EXPIRED"));
				alice.subscribe(resume + ",\"on_expired\":\"snapshot\"");
				awaitLive(alice);
				assertThat(alice.columns()).isEqualTo(alteration.columns);
				awaitRows(alice);
				resume = alice.resume();
			}
		}
	}

	@Test
	void aQueryWhoseColumnIsGoneEndsAndTheOthersGoOn() {
		try (RunningApplication application = application();
				RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice")) {
			alice.subscribe("all", "SELECT * FROM tickets");
			alice.subscribe("hits", "SELECT id, hits FROM tickets");
			alice.subscribe("title", "SELECT id, title FROM tickets");
			List.of("all", "hits", "title").forEach((id) -> await(alice, 1, "mark", id));
			TestPostgres.execute(this.settings, "ALTER TABLE tickets DROP COLUMN hits");
			assertNamesTheColumn(await(alice, 1, "error", "hits"));
			List.of("all", "title").forEach((id) -> await(alice, 2, "mark", id));
			alice.subscribe("hits", "SELECT id, hits FROM tickets");
			assertNamesTheColumn(await(alice, 2, "error", "hits"));
			TestPostgres.execute(this.settings,
					"INSERT INTO tickets (id, assignee_id, title) VALUES (99, 'alice', 'new')");
			JsonNode commit = alice.await("transaction");
			assertThat(commit.get("changes").valueStream().map((change) -> change.get("subscription_id").asString()))
				.containsExactlyInAnyOrder("all", "title");
		}
	}

	/**
	 * Waits for the n-th frame of a type for a subscription, in whatever order they come.
	 */
	private static JsonNode await(RealtimeTestSocket client, int number, String type, String subscription) {
		return Awaitility.await(type + " of " + subscription)
			.atMost(PATIENCE)
			.until(() -> client.frames()
				.stream()
				.filter((frame) -> type.equals(frame.path("type").asString("")))
				.filter((frame) -> subscription.equals(frame.path("subscription_id").asString("")))
				.toList(), (frames) -> frames.size() >= number)
			.get(number - 1);
	}

	private static void assertNamesTheColumn(JsonNode error) {
		assertThat(error.get("code").asString()).isEqualTo("INVALID_SQL");
		assertThat(error.get("message").asString()).contains("hits").doesNotContain("Exception");
	}

	private RunningApplication application() {
		return RunningApplication.start(this.settings, "kalam.capture.check-interval=1s");
	}

	private static void awaitLive(SchemaFollower client) {
		await("the client is live", client, client::isLive);
	}

	private void awaitRows(SchemaFollower client) {
		List<String> expected = rows(client.columns());
		await("the client holds the table", client, () -> client.rows().equals(expected));
	}

	private static void await(String what, SchemaFollower client, BooleanSupplier condition) {
		Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
			client.take();
			return condition.getAsBoolean();
		});
	}

	private int writeAll() throws SQLException {
		int written = 0;
		try (Connection connection = this.settings.connect(); Statement statement = connection.createStatement()) {
			for (int i = 0; !this.stop.get(); i++) {
				written += write(statement, 1 + i % 25, i);
			}
		}
		return written;
	}

	private static int write(Statement statement, int id, int i) throws SQLException {
		try {
			return statement.executeUpdate(switch (i % 4) {
				case 0 -> "DELETE FROM tickets WHERE id = " + id;
				case 1 -> "INSERT INTO tickets (id, assignee_id, title) VALUES (" + id
						+ ", 'alice', 'new') ON CONFLICT DO NOTHING";
				default -> "UPDATE tickets SET title = 'title " + i + "' WHERE id = " + id;
			});
		}
		catch (SQLException ex) {
			if (!OVERTAKEN.contains(ex.getSQLState())) {
				throw ex;
			}
			return 0;
		}
	}

	/**
	 * What a client has to hold.
	 */
	private List<String> rows(List<String> columns) {
		String list = String.join(", ", columns.stream().map((name) -> name.equals("id") ? "id::text" : name).toList());
		List<String> rows = new ArrayList<>();
		try (Connection connection = this.settings.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						"SELECT row_to_json(t) FROM (SELECT " + list + " FROM tickets ORDER BY tickets.id) t")) {
			while (row.next()) {
				rows.add(row.getString(1));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return rows;
	}

	/**
	 * Changes of the table, one after the other, and the columns that it has then.
	 */
	private enum Alteration {

		ADDED("id assignee_id title hits mood urgent",
				"ALTER TABLE tickets ADD COLUMN urgent boolean NOT NULL DEFAULT true"),

		WIDENED("id assignee_id title hits mood urgent", "ALTER TABLE tickets ALTER COLUMN title TYPE varchar(400)"),

		REWRITTEN("id assignee_id title hits mood urgent",
				"ALTER TABLE tickets ALTER COLUMN hits TYPE smallint USING hits * 10"),

		LABELLED("id assignee_id title hits mood urgent", "ALTER TYPE mood ADD VALUE 'grim'",
				"UPDATE tickets SET mood = 'grim' WHERE id < 5"),

		RENAMED("id assignee_id title visits mood urgent", "ALTER TABLE tickets RENAME COLUMN hits TO visits"),

		DROPPED("id assignee_id title mood urgent", "ALTER TABLE tickets DROP COLUMN visits"),

		REPLACED("id assignee_id title hits mood", "BEGIN; DROP TABLE tickets; " + TABLE
				+ "; ALTER TABLE tickets REPLICA IDENTITY FULL; " + ROWS + "; COMMIT");

		private final List<String> columns;

		private final String[] statements;

		Alteration(String columns, String... statements) {
			this.columns = List.of(columns.split(" "));
			this.statements = statements;
		}

	}

}
