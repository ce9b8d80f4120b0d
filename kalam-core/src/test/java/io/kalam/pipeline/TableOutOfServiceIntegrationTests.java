package io.kalam.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.kalam.catalog.PostgresSettings;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A table that is no longer as it has to be takes no other with it, and loses nothing.
 */
class TableOutOfServiceIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	private TestEngine engine;

	private PolledClient client;

	@BeforeEach
	void start() {
		sql("CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text)",
				"CREATE TABLE board (id int8 PRIMARY KEY, body text)", "INSERT INTO notes VALUES (1, 'alice', 'one')");
		this.engine = new TestEngine(this.postgres, TestEngine.owned("notes", "owner"), TestEngine.shared("board"));
		this.engine.start();
		this.client = new PolledClient(this.engine, "alice");
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.engine.close();
		this.engine.dropSlot();
	}

	@Test
	void aTableWithoutItsKeyIsOutOfServiceAndTheOthersGoOn() {
		breaks("ALTER TABLE notes DROP CONSTRAINT notes_pkey", "no primary key",
				"ALTER TABLE notes ADD PRIMARY KEY (id)");
	}

	@Test
	void aTableWithAColumnThatHasNoCodecIsOutOfServiceAndTheOthersGoOn() {
		breaks("ALTER TABLE notes ADD COLUMN seen pg_snapshot", "has no codec", "ALTER TABLE notes DROP COLUMN seen");
	}

	@Test
	void aCursorFromBeforeIsContinuedOrTheTableIsReset() {
		this.client.subscribe("notes");
		Acknowledged acknowledged = this.client.await(Acknowledged.class);
		Mark mark = this.client.awaitLive("notes");
		this.client.close();
		sql("ALTER TABLE notes DROP CONSTRAINT notes_pkey", "UPDATE notes SET body = 'unseen'");
		this.engine.awaitState(PipelineState.DEGRADED);
		sql("INSERT INTO notes VALUES (2, 'alice', 'unseen')", "ALTER TABLE notes ADD PRIMARY KEY (id)");
		this.engine.awaitState(PipelineState.STREAMING);
		this.client = new PolledClient(this.engine, "alice");
		this.client.subscribe("notes", mark.sequence().toString(), acknowledged.epoch().value());
		assertThat(this.client.await(Reset.class).reason()).isEqualTo(Reset.Reason.SCHEMA);
		assertThat(this.client.await(Batch.class).rows()).hasSize(2);
	}

	@Test
	void captureThatBeginsAgainLeavesOutWhatIsOutOfService() {
		sql("ALTER TABLE notes DROP CONSTRAINT notes_pkey");
		this.engine.awaitState(PipelineState.DEGRADED);
		Integer reader = this.engine.reader();
		sql("SELECT pg_terminate_backend(" + reader + ")");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.engine.reader() != null && !this.engine.reader().equals(reader));
		this.engine.awaitState(PipelineState.DEGRADED);
		this.client.subscribe("board");
		this.client.awaitLive("board");
		sql("INSERT INTO board VALUES (1, 'goes on')");
		assertThat(row(this.client.await(Transaction.class))).contains("goes on");
	}

	private void breaks(String statement, String finding, String remedy) {
		this.client.subscribe("notes");
		this.client.awaitLive("notes");
		this.client.subscribe("board");
		this.client.awaitLive("board");
		sql(statement, "UPDATE notes SET body = 'two'");
		Failed failed = this.client.await(Failed.class);
		assertThat(failed.id()).isEqualTo("notes");
		assertThat(failed.code()).isEqualTo(ErrorCode.SUBSCRIPTION_FAILED);
		this.engine.awaitState(PipelineState.DEGRADED);
		assertThat(this.engine.pipeline().status().detail()).contains("notes", finding);
		sql("UPDATE notes SET body = 'three'", "INSERT INTO board VALUES (1, 'goes on')");
		assertThat(row(this.client.await(Transaction.class))).contains("goes on");
		this.client.subscribe("notes");
		assertThat(this.client.await(Failed.class).message()).contains("out of service");
		sql(remedy);
		this.engine.awaitState(PipelineState.STREAMING);
		this.client.subscribe("notes");
		assertThat(new String(this.client.await(Batch.class).rows().get(0), StandardCharsets.UTF_8)).contains("three");
		this.client.awaitLive("notes");
		sql("UPDATE notes SET body = 'four'");
		assertThat(row(this.client.await(Transaction.class))).contains("four");
	}

	private static String row(Transaction transaction) {
		return new String(transaction.changes().get(0).row(), StandardCharsets.UTF_8);
	}

	private void sql(String... statements) {
		TestPostgres.execute(this.postgres, statements);
	}

}
