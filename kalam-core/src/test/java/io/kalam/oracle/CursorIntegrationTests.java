package io.kalam.oracle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.PostgresSettings;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SessionSettings;
import io.kalam.subscription.SubscribeRequest;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Mark;
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
 * Every place in which a cursor can lie, seen from the journal and the database: it is
 * continued exactly, at once or as soon as capture is there, or it is refused.
 */
class CursorIntegrationTests {

	private static final Duration WAIT = Duration.ofSeconds(30);

	private static final int JOURNAL = 200_000;

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	private final List<SubscriptionEvent> events = new ArrayList<>();

	private TestEngine engine;

	private SubscriptionSession session;

	@BeforeEach
	void start() {
		TestPostgres.execute(this.postgres, OracleTable.SCHEMA);
		this.engine = new TestEngine(this.postgres, JOURNAL, TestEngine.owned("notes", "owner"),
				TestEngine.shared("board"));
		this.engine.start();
		this.session = this.engine.sessions()
			.open(new RealtimeUser("ann", "user", Set.of(), Instant.MAX), new SessionSettings(true, 10, 1 << 20),
					() -> {
					});
	}

	@AfterEach
	void stop() {
		this.session.close();
		this.engine.close();
	}

	@Test
	void currentIsContinued() throws SQLException {
		Sequence cursor = live();
		insert(1);
		subscribe("s", cursor.toString(), epoch(), false);
		assertThat(changesUntilJoined()).containsExactly("{\"id\":\"1\"}");
	}

	@Test
	void aheadOfTheJournalIsContinuedWhenCaptureIsThere() throws SQLException {
		Sequence begun = live();
		String epoch = epoch();
		this.engine.stop();
		insert(1);
		Sequence cursor = Sequence.of(begun.generation(), databaseEnd());
		insert(2);
		subscribe("s", cursor.toString(), epoch, false);
		assertThat(this.session.poll()).isNull();
		this.engine.start();
		insert(3);
		assertThat(changesUntilJoined()).containsExactly("{\"id\":\"2\"}", "{\"id\":\"3\"}");
		assertThat(events(Acknowledged.class)).singleElement().matches(Acknowledged::resumed);
	}

	@Test
	void aheadOfTheDatabaseIsRefused() throws SQLException {
		Sequence cursor = beyond(live());
		subscribe("s", cursor.toString(), epoch(), false);
		assertRefused();
	}

	@Test
	void aheadOfTheDatabaseIsRefusedOnceTheDatabaseCanBeAsked() throws SQLException {
		Sequence cursor = beyond(live());
		String epoch = epoch();
		TestPostgres.execute(this.postgres,
				"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
						+ "AND pid <> pg_backend_pid()");
		subscribe("s", cursor.toString(), epoch, false);
		assertRefused();
	}

	@Test
	void aheadOfTheDatabaseIsASnapshotForWhoWantsThat() throws SQLException {
		Sequence cursor = beyond(live());
		insert(1);
		subscribe("s", cursor.toString(), epoch(), true);
		assertSnapshot();
	}

	@Test
	void anotherEpochIsRefused() throws SQLException {
		Sequence cursor = live();
		subscribe("s", cursor.toString(), "of-another-history", false);
		assertRefused();
	}

	@Test
	void anotherGenerationIsRefused() throws SQLException {
		Sequence cursor = live();
		Sequence other = Sequence.of(new Generation(cursor.generation().value() + 1), cursor.lsn());
		subscribe("s", other.toString(), null, false);
		assertRefused();
	}

	@Test
	void olderThanTheJournalIsRefused() throws SQLException {
		Sequence cursor = overtaken();
		subscribe("s", cursor.toString(), epoch(), false);
		assertRefused();
	}

	@Test
	void olderThanTheJournalIsASnapshotForWhoWantsThat() throws SQLException {
		Sequence cursor = overtaken();
		subscribe("s", cursor.toString(), epoch(), true);
		assertSnapshot();
	}

	/**
	 * A cursor that a client has had, with no change behind it.
	 */
	private Sequence live() {
		subscribe("first", null, null, false);
		Awaitility.await().atMost(WAIT).until(() -> {
			poll();
			return events(Mark.class).stream().anyMatch((mark) -> "first".equals(mark.id()));
		});
		this.session.unsubscribe("first");
		return this.engine.settle();
	}

	private Sequence overtaken() throws SQLException {
		Sequence cursor = live();
		for (int id = 1; cursor.isAfter(this.engine.journal().lowWater())
				|| cursor.equals(this.engine.journal().lowWater()); id++) {
			assertThat(id).isLessThan(100);
			TestPostgres.execute(this.postgres, "INSERT INTO notes (id, owner, body) VALUES (" + id
					+ ", 'bob', repeat('x', " + JOURNAL / 10 + "))");
			this.engine.settle();
		}
		insert(1000);
		return cursor;
	}

	private Sequence beyond(Sequence cursor) throws SQLException {
		return Sequence.of(cursor.generation(), new Lsn(databaseEnd().value() + (1L << 40)));
	}

	private String epoch() {
		return events(Acknowledged.class).get(0).epoch().value();
	}

	private void insert(int id) {
		TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (" + id + ", 'ann')");
	}

	private Lsn databaseEnd() throws SQLException {
		try (Connection connection = this.postgres.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn()")) {
			row.next();
			return Lsn.parse(row.getString(1));
		}
	}

	private void subscribe(String id, String from, String epoch, boolean snapshotIfExpired) {
		if (!id.equals("first")) {
			this.events.clear();
		}
		this.session.subscribe(new SubscribeRequest(id, "SELECT id FROM notes", List.of(), true, 100, 0, from, epoch,
				snapshotIfExpired, false));
	}

	private void poll() {
		SubscriptionEvent event = this.session.poll();
		while (event != null) {
			this.events.add(event);
			event = this.session.poll();
		}
	}

	private <T extends SubscriptionEvent> List<T> events(Class<T> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	private List<String> changesUntilJoined() {
		Sequence end = this.engine.settle();
		Awaitility.await().atMost(WAIT).until(() -> {
			poll();
			this.session.mark();
			return events(Mark.class).stream().anyMatch((mark) -> mark.id() == null && !end.isAfter(mark.sequence()));
		});
		return events(Transaction.class).stream()
			.flatMap((transaction) -> transaction.changes().stream())
			.map((change) -> Held.text(change.row()))
			.toList();
	}

	private void assertRefused() {
		Awaitility.await().atMost(WAIT).until(() -> {
			poll();
			return !this.events.isEmpty();
		});
		assertThat(this.events).singleElement()
			.isInstanceOfSatisfying(Failed.class,
					(failed) -> assertThat(failed.code()).isEqualTo(ErrorCode.CURSOR_EXPIRED));
	}

	private void assertSnapshot() {
		Awaitility.await().atMost(WAIT).until(() -> {
			poll();
			return !events(Batch.class).isEmpty();
		});
		assertThat(events(Acknowledged.class)).singleElement().matches((acknowledged) -> !acknowledged.resumed());
		assertThat(Stream.of(events(Batch.class).get(0)).flatMap((batch) -> batch.rows().stream()).map(Held::text))
			.hasSize(1);
	}

}
