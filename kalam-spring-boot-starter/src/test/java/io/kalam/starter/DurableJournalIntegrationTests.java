package io.kalam.starter;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import io.kalam.operations.RealtimeOperations;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.starter.tiny.TinyApplication;
import io.kalam.testing.RealtimeTestSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is stopped and started again on the same database.
 */
class DurableJournalIntegrationTests {

	private static EmbeddedPostgresServer server;

	@TempDir
	private Path directory;

	@BeforeAll
	static void start() {
		server = EmbeddedPostgresServer.builder().start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void aCursorIsContinuedAfterARestartAndRefusedWithoutTheDirectory() throws IOException {
		Cursor cursor;
		try (RunningApplication application = run()) {
			cursor = see(application, "alice", "one");
			execute("INSERT INTO note (author_name, body) VALUES ('alice', 'two')");
		}
		execute("INSERT INTO note (author_name, body) VALUES ('alice', 'three'), ('bob', 'his')",
				"UPDATE note SET body = 'one, again' WHERE body = 'one'", "DELETE FROM note WHERE body = 'two'",
				"UPDATE note SET author_name = 'bob' WHERE body = 'three'");
		String end = value("SELECT pg_current_wal_lsn()");
		try (RunningApplication application = run();
				RealtimeTestSocket alice = subscribe(application, "alice", cursor, "error")) {
			assertThat(alice.await("subscription_ack").get("resumed").asBoolean()).isTrue();
			execute("INSERT INTO note (author_name, body) VALUES ('alice', 'four')");
			alice.await((frame) -> frame.toString().contains("four"));
			assertThat(operations(alice)).containsExactly("insert two", "insert three", "update one, again", "delete",
					"delete", "insert four");
			assertThat(alice.frames()).noneMatch((frame) -> frame.toString().contains("his"));
			assertThat(application.bean(CountedSnapshots.class).count()).isZero();
			awaitAcknowledged(end);
		}
		FileSystemUtils.deleteRecursively(this.directory.resolve("journals"));
		try (RunningApplication application = run()) {
			try (RealtimeTestSocket alice = subscribe(application, "alice", cursor, "error")) {
				assertThat(alice.await("error").get("code").asString()).isEqualTo("CURSOR_EXPIRED");
			}
			try (RealtimeTestSocket alice = subscribe(application, "alice", cursor, "snapshot")) {
				assertThat(alice.await("subscription_ack").get("resumed").asBoolean()).isFalse();
				assertThat(alice.await("initial_data_batch").toString()).contains("one, again", "four")
					.doesNotContain("his");
			}
		}
	}

	@Test
	void anOwnerWhoIsPurgedIsForgotten() {
		Cursor carols;
		Cursor daves;
		try (RunningApplication application = run();
				RealtimeTestSocket carol = RealtimeTestSocket.authenticated(application.socket(),
						TokensOfTests.of("carol"));
				RealtimeTestSocket dave = RealtimeTestSocket.authenticated(application.socket(),
						TokensOfTests.of("dave"))) {
			carols = see(carol, "carol", "hers");
			daves = see(dave, "dave", "his");
			execute("DELETE FROM note WHERE author_name = 'carol'");
			application.bean(RealtimeOperations.class).purge("carol").block(Duration.ofMinutes(2));
			JsonNode reset = carol.await("reset");
			assertThat(reset.get("purge").asBoolean()).isTrue();
			assertThat(reset.get("reason").asString()).isEqualTo("expired");
			assertThat(carol.await("initial_data_batch").get("rows")).isEmpty();
			refuses(application, carols);
			execute("INSERT INTO note (author_name, body) VALUES ('dave', 'more of his')");
			dave.await((frame) -> frame.toString().contains("more of his"));
			assertThat(dave.frames()).noneMatch((frame) -> frame.path("type").asString("").equals("reset"));
		}
		try (RunningApplication application = run()) {
			refuses(application, carols);
			try (RealtimeTestSocket dave = subscribe(application, "dave", daves, "error")) {
				assertThat(dave.await("subscription_ack").get("resumed").asBoolean()).isTrue();
				dave.await((frame) -> frame.toString().contains("more of his"));
			}
		}
	}

	private static void refuses(RunningApplication application, Cursor cursor) {
		try (RealtimeTestSocket carol = subscribe(application, "carol", cursor, "error")) {
			assertThat(carol.await("error").get("code").asString()).isEqualTo("CURSOR_EXPIRED");
		}
	}

	private RunningApplication run() {
		return new RunningApplication(
				List.of("spring.r2dbc.url=r2dbc:postgresql://127.0.0.1:" + server.port() + "/" + server.database(),
						"spring.r2dbc.username=" + server.user(), "spring.r2dbc.password=" + server.password(),
						"kalam.postgres.replica-identity=manage", "kalam.capture.heartbeat-interval=200ms",
						"kalam.journal.directory=" + this.directory.resolve("journals")),
				TinyApplication.class, CountedSnapshots.Counting.class);
	}

	private static Cursor see(RunningApplication application, String user, String text) {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(application.socket(),
				TokensOfTests.of(user))) {
			return see(socket, user, text);
		}
	}

	private static Cursor see(RealtimeTestSocket socket, String user, String text) {
		socket.subscribe("notes", "SELECT id, body FROM note");
		String epoch = socket.await("subscription_ack").get("epoch").asString();
		socket.await((frame) -> frame.path("type").asString("").equals("mark") && frame.has("subscription_id"));
		execute("INSERT INTO note (author_name, body) VALUES ('" + user + "', '" + text + "')");
		JsonNode transaction = socket.await((frame) -> frame.toString().contains(text));
		return new Cursor(transaction.get("seq").asString(), epoch);
	}

	private static RealtimeTestSocket subscribe(RunningApplication application, String user, Cursor cursor,
			String onExpired) {
		RealtimeTestSocket socket = RealtimeTestSocket.authenticated(application.socket(), TokensOfTests.of(user));
		socket.send("""
				{"type":"subscribe","subscription":{"id":"notes","sql":"SELECT id, body FROM note","options":
				{"from":"%s","epoch":"%s","on_expired":"%s"}}}""".formatted(cursor.sequence(), cursor.epoch(),
				onExpired));
		return socket;
	}

	private static List<String> operations(RealtimeTestSocket socket) {
		return socket.frames()
			.stream()
			.filter((frame) -> frame.path("type").asString("").equals("transaction"))
			.flatMap((frame) -> StreamSupport.stream(frame.path("changes").spliterator(), false))
			.map((change) -> (change.path("op").asString() + " " + change.at("/row/body").asString("")).strip())
			.toList();
	}

	private static void awaitAcknowledged(String position) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> value("SELECT confirmed_flush_lsn >= '" + position + "' FROM pg_replication_slots"),
					"t"::equals);
	}

	private static void execute(String... statements) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String value(String sql) {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Connection connect() throws SQLException {
		return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
	}

	private record Cursor(String sequence, String epoch) {

	}

}
