package io.kalam.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.kalam.catalog.Lsn;
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
 * What becomes of subscriptions when the database does something other than commit rows.
 */
class RealtimePipelineIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	private TestEngine engine;

	private PolledClient client;

	@BeforeEach
	void start() {
		sql("CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text)",
				"ALTER TABLE notes REPLICA IDENTITY FULL", "INSERT INTO notes VALUES (1, 'alice', 'one')");
		this.engine = new TestEngine(this.postgres, TestEngine.owned("notes", "owner"));
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
	void aNewColumnResetsTheSubscriptionAndIsInTheNextSnapshot() {
		this.client.subscribe("notes");
		this.client.awaitLive("notes");
		sql("ALTER TABLE notes ADD COLUMN stars int4", "INSERT INTO notes VALUES (2, 'alice', 'two', 5)");
		assertThat(this.client.await(Reset.class).reason()).isEqualTo(Reset.Reason.SCHEMA);
		Acknowledged acknowledged = this.client.await(Acknowledged.class);
		assertThat(acknowledged.query().projection().columns()).extracting("name")
			.containsExactly("id", "owner", "body", "stars");
		Batch batch = this.client.await(Batch.class);
		assertThat(batch.rows()).extracting((row) -> new String(row, StandardCharsets.UTF_8))
			.containsExactlyInAnyOrder("{\"id\":\"1\",\"owner\":\"alice\",\"body\":\"one\",\"stars\":null}",
					"{\"id\":\"2\",\"owner\":\"alice\",\"body\":\"two\",\"stars\":5}");
		this.client.awaitLive("notes");
		sql("UPDATE notes SET stars = 4 WHERE id = 1");
		Transaction transaction = this.client.await(Transaction.class);
		assertThat(new String(transaction.changes().get(0).row(), StandardCharsets.UTF_8)).contains("\"stars\":4");
	}

	@Test
	void aSubscriptionToATableThatWasJustAlteredReadsTheCatalogAgain() {
		sql("ALTER TABLE notes ALTER COLUMN body TYPE json USING to_json(body)");
		this.client.subscribe("notes");
		Batch batch = (Batch) this.client.await((event) -> event instanceof Batch read && !read.rows().isEmpty());
		assertThat(new String(batch.rows().get(0), StandardCharsets.UTF_8))
			.isEqualTo("{\"id\":\"1\",\"owner\":\"alice\",\"body\":\"one\"}");
		assertThat(this.client.polled.stream().filter(Acknowledged.class::isInstance))
			.as("the client is told of the columns again")
			.hasSize(2);
	}

	@Test
	void aLostSlotBeginsAGenerationAndClientsReadAnew() {
		this.client.subscribe("notes");
		Acknowledged before = this.client.await(Acknowledged.class);
		Mark mark = this.client.awaitLive("notes");
		sql("""
				DO $$ BEGIN
					WHILE EXISTS (SELECT FROM pg_replication_slots WHERE database = current_database()) LOOP
						PERFORM pg_terminate_backend(active_pid) FROM pg_replication_slots
							WHERE database = current_database() AND active;
						BEGIN
							PERFORM pg_drop_replication_slot(slot_name) FROM pg_replication_slots
								WHERE database = current_database();
						EXCEPTION WHEN object_in_use THEN PERFORM pg_sleep(0.01);
						END;
					END LOOP;
				END $$""", "INSERT INTO notes VALUES (2, 'alice', 'nobody streamed this')");
		assertThat(this.client.await(Reset.class).reason()).isEqualTo(Reset.Reason.EPOCH);
		Acknowledged after = this.client.await(Acknowledged.class);
		assertThat(after.epoch()).isNotEqualTo(before.epoch());
		assertThat(this.client.await(Batch.class).rows()).hasSize(2);
		try (PolledClient other = new PolledClient(this.engine, "alice")) {
			this.client.close();
			this.client = other;
			this.client.subscribe("notes", mark.sequence().toString(), before.epoch().value());
			assertThat(this.client.await(Failed.class).code()).isEqualTo(ErrorCode.CURSOR_EXPIRED);
		}
		this.client = new PolledClient(this.engine, "alice");
	}

	@Test
	void aTableThatIsDroppedAndCreatedAgainIsPublishedAgainAndReadAnew() {
		this.client.subscribe("notes");
		this.client.awaitLive("notes");
		sql("DROP TABLE notes; CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text);"
				+ "ALTER TABLE notes REPLICA IDENTITY FULL; INSERT INTO notes VALUES (7, 'alice', 'new')");
		this.client.await(Reset.class);
		Batch batch = this.client.await(Batch.class);
		assertThat(new String(batch.rows().get(0), StandardCharsets.UTF_8)).contains("\"new\"");
		sql("UPDATE notes SET body = 'newer'");
		Transaction transaction = this.client.await(Transaction.class);
		assertThat(new String(transaction.changes().get(0).row(), StandardCharsets.UTF_8)).contains("newer");
	}

	@Test
	void aTableThatIsGoneIsReportedWhileTheOthersAreStreamed() {
		sql("DROP TABLE notes");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.engine.pipeline().status().state() == PipelineState.DEGRADED);
		assertThat(this.engine.pipeline().status().detail()).contains("notes");
		sql("CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text)");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.engine.pipeline().status().state() == PipelineState.STREAMING);
	}

	@Test
	void theSlotIsToldWhatIsDoneAlsoWhenNothingHappens() {
		Lsn before = Lsn.parse(TestPostgres.value(this.postgres, "SELECT pg_current_wal_insert_lsn()"));
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> Lsn
				.parse(TestPostgres.value(this.postgres,
						"SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE database = current_database()"))
				.isAfter(before));
	}

	@Test
	void aSecondReaderOfTheSlotWaitsUntilTheFirstIsGone() {
		TestEngine second = new TestEngine(this.postgres, TestEngine.owned("notes", "owner"));
		try {
			second.pipeline().start();
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> second.pipeline().status().detail().contains("read by another process"));
			this.engine.stop();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> second.pipeline().status().state() == PipelineState.STREAMING);
		}
		finally {
			second.close();
		}
	}

	@Test
	void aCursorFromBeforeAStopIsContinuedAfterIt() {
		this.client.subscribe("notes");
		Acknowledged acknowledged = this.client.await(Acknowledged.class);
		Mark mark = this.client.awaitLive("notes");
		this.client.close();
		this.engine.stop();
		sql("INSERT INTO notes VALUES (2, 'alice', 'while down')", "INSERT INTO notes VALUES (3, 'bob', 'not yours')");
		this.engine.start();
		this.client = new PolledClient(this.engine, "alice");
		this.client.subscribe("notes", mark.sequence().toString(), acknowledged.epoch().value());
		assertThat(this.client.await(Acknowledged.class).resumed()).isTrue();
		this.client.polled.clear();
		this.client.await((event) -> this.client.polled.stream().anyMatch(Transaction.class::isInstance)
				&& this.client.polled.stream()
					.anyMatch((earlier) -> earlier instanceof Mark joined && "notes".equals(joined.id())));
		assertThat(this.client.polled.stream().filter(Transaction.class::isInstance)).singleElement()
			.satisfies((event) -> assertThat(
					new String(((Transaction) event).changes().get(0).row(), StandardCharsets.UTF_8))
				.contains("while down"));
	}

	private void sql(String... statements) {
		TestPostgres.execute(this.postgres, statements);
	}

}
