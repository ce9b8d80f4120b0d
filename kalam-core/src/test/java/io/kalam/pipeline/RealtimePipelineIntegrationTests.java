package io.kalam.pipeline;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.PostgresSettings;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SessionSettings;
import io.kalam.subscription.SubscribeRequest;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.subscription.SubscriptionSession;
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

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	private final List<SubscriptionEvent> polled = new ArrayList<>();

	private TestEngine engine;

	private SubscriptionSession session;

	@BeforeEach
	void start() {
		sql("CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text)",
				"ALTER TABLE notes REPLICA IDENTITY FULL", "INSERT INTO notes VALUES (1, 'alice', 'one')");
		this.engine = new TestEngine(this.postgres, TestEngine.owned("notes", "owner"));
		this.engine.start();
		this.session = open("alice");
	}

	@AfterEach
	void stop() {
		this.session.close();
		this.engine.close();
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> value("""
					SELECT count(*) FROM pg_replication_slots WHERE database = current_database() AND active""")
				.equals("0"));
		sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()");
	}

	@Test
	void aNewColumnResetsTheSubscriptionAndIsInTheNextSnapshot() {
		subscribe(null, null);
		await((event) -> event instanceof Mark mark && "notes".equals(mark.id()));
		sql("ALTER TABLE notes ADD COLUMN stars int4", "INSERT INTO notes VALUES (2, 'alice', 'two', 5)");
		assertThat(((Reset) await(Reset.class::isInstance)).reason()).isEqualTo(Reset.Reason.SCHEMA);
		Acknowledged acknowledged = (Acknowledged) await(Acknowledged.class::isInstance);
		assertThat(acknowledged.query().projection().columns()).extracting("name")
			.containsExactly("id", "owner", "body", "stars");
		Batch batch = (Batch) await(Batch.class::isInstance);
		assertThat(batch.rows()).extracting((row) -> new String(row, StandardCharsets.UTF_8))
			.containsExactlyInAnyOrder("{\"id\":\"1\",\"owner\":\"alice\",\"body\":\"one\",\"stars\":null}",
					"{\"id\":\"2\",\"owner\":\"alice\",\"body\":\"two\",\"stars\":5}");
		await((event) -> event instanceof Mark mark && "notes".equals(mark.id()));
		sql("UPDATE notes SET stars = 4 WHERE id = 1");
		Transaction transaction = (Transaction) await(Transaction.class::isInstance);
		assertThat(new String(transaction.changes().get(0).row(), StandardCharsets.UTF_8)).contains("\"stars\":4");
	}

	@Test
	void aSubscriptionToATableThatWasJustAlteredReadsTheCatalogAgain() {
		sql("ALTER TABLE notes ALTER COLUMN body TYPE json USING to_json(body)");
		subscribe(null, null);
		Batch batch = (Batch) await((event) -> event instanceof Batch read && !read.rows().isEmpty());
		assertThat(new String(batch.rows().get(0), StandardCharsets.UTF_8))
			.isEqualTo("{\"id\":\"1\",\"owner\":\"alice\",\"body\":\"one\"}");
		assertThat(this.polled.stream().filter(Acknowledged.class::isInstance))
			.as("the client is told of the columns again")
			.hasSize(2);
	}

	@Test
	void aLostSlotBeginsAGenerationAndClientsReadAnew() {
		subscribe(null, null);
		Acknowledged before = (Acknowledged) await(Acknowledged.class::isInstance);
		Mark mark = (Mark) await((event) -> event instanceof Mark joined && "notes".equals(joined.id()));
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
		assertThat(((Reset) await(Reset.class::isInstance)).reason()).isEqualTo(Reset.Reason.EPOCH);
		Acknowledged after = (Acknowledged) await(Acknowledged.class::isInstance);
		assertThat(after.epoch()).isNotEqualTo(before.epoch());
		assertThat(((Batch) await(Batch.class::isInstance)).rows()).hasSize(2);
		try (SubscriptionSession other = open("alice")) {
			this.session.close();
			this.session = other;
			subscribe(mark.sequence().toString(), before.epoch().value());
			assertThat(((Failed) await(Failed.class::isInstance)).code()).isEqualTo(ErrorCode.CURSOR_EXPIRED);
		}
		this.session = open("alice");
	}

	@Test
	void aTableThatIsDroppedAndCreatedAgainIsPublishedAgainAndReadAnew() {
		subscribe(null, null);
		await((event) -> event instanceof Mark mark && "notes".equals(mark.id()));
		sql("DROP TABLE notes; CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text);"
				+ "ALTER TABLE notes REPLICA IDENTITY FULL; INSERT INTO notes VALUES (7, 'alice', 'new')");
		await(Reset.class::isInstance);
		Batch batch = (Batch) await(Batch.class::isInstance);
		assertThat(new String(batch.rows().get(0), StandardCharsets.UTF_8)).contains("\"new\"");
		sql("UPDATE notes SET body = 'newer'");
		Transaction transaction = (Transaction) await(Transaction.class::isInstance);
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
		Lsn before = Lsn.parse(value("SELECT pg_current_wal_insert_lsn()"));
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> Lsn
				.parse(value(
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
		subscribe(null, null);
		Acknowledged acknowledged = (Acknowledged) await(Acknowledged.class::isInstance);
		Mark mark = (Mark) await((event) -> event instanceof Mark joined && "notes".equals(joined.id()));
		this.session.close();
		this.engine.stop();
		sql("INSERT INTO notes VALUES (2, 'alice', 'while down')", "INSERT INTO notes VALUES (3, 'bob', 'not yours')");
		this.engine.start();
		this.session = open("alice");
		subscribe(mark.sequence().toString(), acknowledged.epoch().value());
		assertThat(((Acknowledged) await(Acknowledged.class::isInstance)).resumed()).isTrue();
		this.polled.clear();
		await((event) -> this.polled.stream().anyMatch(Transaction.class::isInstance) && this.polled.stream()
			.anyMatch((earlier) -> earlier instanceof Mark joined && "notes".equals(joined.id())));
		assertThat(this.polled.stream().filter(Transaction.class::isInstance)).singleElement()
			.satisfies((event) -> assertThat(
					new String(((Transaction) event).changes().get(0).row(), StandardCharsets.UTF_8))
				.contains("while down"));
	}

	private SubscriptionSession open(String user) {
		return this.engine.sessions()
			.open(new RealtimeUser(user, "user", Set.of(), Instant.MAX), new SessionSettings(true, 10, 1 << 20), () -> {
			});
	}

	private void subscribe(String from, String epoch) {
		this.session.subscribe(new SubscribeRequest("notes", "SELECT * FROM notes", List.of(), true, 100, 0, from,
				epoch, false, false));
	}

	private SubscriptionEvent await(Predicate<SubscriptionEvent> wanted) {
		List<SubscriptionEvent> found = new ArrayList<>();
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> {
			SubscriptionEvent event = this.session.poll();
			if (event != null) {
				this.polled.add(event);
				if (wanted.test(event)) {
					found.add(event);
				}
			}
			return !found.isEmpty();
		});
		return found.get(0);
	}

	private void sql(String... statements) {
		TestPostgres.execute(this.postgres, statements);
	}

	private String value(String sql) {
		try (Connection connection = this.postgres.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
