package io.kalam.pipeline;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.kalam.catalog.PostgresSettings;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Transactions that wrote to a table before it was published and commit afterwards: what
 * they wrote first is in no stream, and may be missing nowhere.
 */
class EarlierWriterIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String CREATE = "CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text); "
			+ "ALTER TABLE notes REPLICA IDENTITY FULL";

	private static final String LOCK = "(hashtext('kalam'), hashtext('kalam'))";

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	private TestEngine engine;

	private Connection writer;

	@BeforeEach
	void connect() throws SQLException {
		TestPostgres.execute(this.postgres, CREATE);
		this.engine = engine();
		this.writer = this.postgres.connect();
		this.writer.setAutoCommit(false);
	}

	@AfterEach
	void stop() throws SQLException {
		this.writer.close();
		this.engine.close();
		this.engine.dropSlot();
	}

	@Test
	void aTableThatIsPublishedAtAStartWaitsForThem() throws SQLException {
		this.engine.start();
		this.engine.close();
		TestPostgres.execute(this.postgres, "DROP TABLE notes", CREATE);
		write(1);
		this.engine = engine();
		this.engine.pipeline().start();
		assertServedWhenTheWriterHasEnded();
	}

	@Test
	void aTableThatIsPublishedWhileChangesAreStreamedWaitsForThem() throws SQLException {
		this.engine.start();
		try (Connection blocker = this.postgres.connect()) {
			execute(blocker, "SELECT pg_advisory_lock" + LOCK);
			TestPostgres.execute(this.postgres, "DROP TABLE notes", CREATE);
			write(1);
		}
		assertServedWhenTheWriterHasEnded();
	}

	@Test
	void aPreparedTransactionIsWaitedFor() throws SQLException {
		this.engine.start();
		this.engine.close();
		TestPostgres.execute(this.postgres, "ALTER PUBLICATION kalam DROP TABLE notes");
		write(1);
		execute(this.writer, "PREPARE TRANSACTION 'earlier'");
		this.engine = engine();
		this.engine.pipeline().start();
		this.engine.awaitState(PipelineState.DEGRADED);
		assertThat(this.engine.pipeline().status().detail()).contains("ROLLBACK PREPARED 'earlier'");
		TestPostgres.execute(this.postgres, "COMMIT PREPARED 'earlier'");
		this.engine.awaitState(PipelineState.STREAMING);
		assertRows(1);
	}

	@Test
	void aWriterThatBeganWhileSomebodyElsePublishedTheTableIsWaitedFor() throws SQLException {
		this.engine.start();
		publishAround();
		assertServedWhenTheWriterHasEnded();
	}

	@Test
	void aWriterThatBeganWhileSomebodyElsePublishedTheTableIsWaitedForAfterARestart() throws SQLException {
		this.engine.start();
		this.engine.close();
		publishAround();
		this.engine = engine();
		this.engine.pipeline().start();
		assertServedWhenTheWriterHasEnded();
	}

	@Test
	void aNewSlotWaitsItselfAndLaterWritersAreNotWaitedFor() throws SQLException {
		write(1);
		this.engine.pipeline().start();
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.engine.pipeline().status().detail().contains("slot can be created when"));
		this.writer.commit();
		this.engine.awaitState(PipelineState.STREAMING);
		write(2);
		this.engine.pipeline().refresh().block();
		assertRows(1);
		this.engine.settle();
		assertThat(this.engine.pipeline().status().state()).isEqualTo(PipelineState.STREAMING);
	}

	private void publishAround() throws SQLException {
		try (Connection other = this.postgres.connect()) {
			other.setAutoCommit(false);
			execute(other, "ALTER PUBLICATION kalam DROP TABLE notes");
			execute(other, "ALTER PUBLICATION kalam ADD TABLE notes");
			write(1);
			other.commit();
		}
	}

	private void assertServedWhenTheWriterHasEnded() throws SQLException {
		this.engine.awaitState(PipelineState.DEGRADED);
		assertThat(this.engine.pipeline().status().detail()).contains("public.notes",
				"pg_terminate_backend(" + pid() + ")");
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("notes");
			assertThat(client.await(Failed.class).message()).contains("out of service");
		}
		write(2);
		this.writer.commit();
		this.engine.awaitState(PipelineState.STREAMING);
		assertRows(2);
	}

	private void assertRows(int rows) {
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("notes");
			assertThat(client.await(Batch.class).rows()).hasSize(rows);
			client.awaitLive("notes");
		}
	}

	private TestEngine engine() {
		return new TestEngine(this.postgres, TestEngine.owned("notes", "owner"));
	}

	private void write(int id) throws SQLException {
		execute(this.writer, "INSERT INTO notes VALUES (" + id + ", 'alice', 'written')");
	}

	private int pid() throws SQLException {
		try (Statement statement = this.writer.createStatement();
				ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
			row.next();
			return row.getInt(1);
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
