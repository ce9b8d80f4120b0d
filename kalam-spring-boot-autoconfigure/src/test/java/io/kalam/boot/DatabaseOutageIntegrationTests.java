package io.kalam.boot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running application while its database keeps it waiting, or is away.
 */
class DatabaseOutageIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String TICKETS = "SELECT id, title FROM tickets";

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().durable(true).start();
		this.settings = RunningApplication.settings(this.server);
		TestPostgres.execute(this.settings,
				"CREATE TABLE tickets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, assignee_id text, title text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void startsWhileATransactionIsOpenAndStreamsWhenItHasEnded() throws SQLException {
		try (Connection open = this.settings.connect()) {
			String pid = begin(open);
			try (RunningApplication application = RunningApplication.start(this.settings);
					RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice")) {
				Awaitility.await()
					.atMost(PATIENCE)
					.until(() -> String.valueOf(application.health().getDetails().get("detail")).contains(pid));
				assertThat(application.status()).isEqualTo("UNKNOWN");
				assertThat(application.health().getDetails()).containsEntry("state", "starting");
				alice.subscribe("tickets", TICKETS);
				open.commit();
				Awaitility.await().atMost(PATIENCE).until(() -> application.status().equals("UP"));
				assertThat(alice.await("initial_data_batch").get("rows")).hasSize(1);
				alice.await("mark");
				insert("after");
				assertThat(alice.await("transaction").at("/changes/0/row/title").asString()).isEqualTo("after");
				assertThat(value("SELECT count(*) FROM pg_replication_slots WHERE confirmed_flush_lsn IS NOT NULL"))
					.isEqualTo("1");
				assertThat(value("SELECT count(*) FROM pg_replication_slots")).isEqualTo("1");
			}
		}
	}

	@Test
	void leavesNoSlotIfItIsStoppedWhileItWaits() throws SQLException {
		try (Connection open = this.settings.connect()) {
			String pid = begin(open);
			try (RunningApplication application = RunningApplication.start(this.settings)) {
				Awaitility.await()
					.atMost(PATIENCE)
					.until(() -> String.valueOf(application.health().getDetails().get("detail")).contains(pid));
			}
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(value("SELECT count(*) FROM pg_replication_slots")).isEqualTo("0"));
			open.rollback();
		}
	}

	@Test
	void goesOnByItselfWhenTheDatabaseIsBack() throws SQLException {
		try (RunningApplication application = RunningApplication.start(this.settings);
				RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(), "alice")) {
			alice.subscribe("tickets", TICKETS);
			alice.await("mark");
			this.server.stop();
			Awaitility.await().atMost(PATIENCE).until(() -> application.status().equals("OUT_OF_SERVICE"));
			assertThat(application.health().getDetails()).containsEntry("state", "retrying").containsKey("detail");
			this.server.restart();
			insert("while we were not looking");
			Awaitility.await().atMost(PATIENCE).until(() -> application.status().equals("UP"));
			assertThat(alice.await("transaction").at("/changes/0/row/title").asString())
				.isEqualTo("while we were not looking");
			insert("afterwards");
			assertThat(alice.await("transaction").at("/changes/0/row/title").asString()).isEqualTo("afterwards");
			assertThat(alice.frames()).noneMatch((frame) -> frame.path("type").asString("").equals("reset"));
			assertThat(value("SELECT count(*) FROM pg_replication_slots")).isEqualTo("1");
		}
	}

	private static String begin(Connection connection) throws SQLException {
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.execute("INSERT INTO tickets (assignee_id, title) VALUES ('alice', 'long in the making')");
			try (ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
				row.next();
				return row.getString(1);
			}
		}
	}

	private void insert(String title) {
		TestPostgres.execute(this.settings,
				"INSERT INTO tickets (assignee_id, title) VALUES ('alice', '" + title + "')");
	}

	private String value(String sql) throws SQLException {
		try (Connection connection = this.settings.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

}
