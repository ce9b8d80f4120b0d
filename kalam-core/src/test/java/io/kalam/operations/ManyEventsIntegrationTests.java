package io.kalam.operations;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.TableName;
import io.kalam.codec.Codecs;
import io.kalam.event.TestStreams;
import io.kalam.journal.JournalPlace;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.operations.RealtimeEvent.Inserted;
import io.kalam.operations.RealtimeEvent.SnapshotEnd;
import io.kalam.partition.Partition;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import io.kalam.testing.WrittenFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten thousand events in a thousand transactions, beside rows, and a journal on disk that
 * has nothing of them.
 */
class ManyEventsIntegrationTests {

	private static final TableName WORDS = new TableName("public", "words");

	private static final TableName TICKETS = new TableName("public", "tickets");

	private static final int COUNT = 10_000;

	/**
	 * Ten events each, every second one of bob's; and a row in every hundredth of them.
	 */
	private static final String TRANSACTIONS = """
			DO $$ BEGIN
				FOR i IN 0..999 LOOP
					PERFORM pg_logical_emit_message(true, 'kalam.event.public.words', convert_to(json_build_object('put',
						json_build_object('event_id', gen_random_uuid(), 'text', 'event-' || n,
							'recipient', CASE WHEN n % 2 = 0 THEN 'bob' ELSE 'carol' END))::text, 'UTF8'))
					FROM generate_series(i * 10 + 1, i * 10 + 10) n;
					IF i % 100 = 0 THEN
						INSERT INTO tickets VALUES (i, 'bob', 'row-' || i);
					END IF;
					COMMIT;
				END LOOP;
			END $$""";

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	@TempDir
	private Path directory;

	@Test
	void reachTheirReadersInOrderAndNotTheJournal() {
		TestPostgres.execute(this.postgres, "CREATE TABLE tickets (id int8 PRIMARY KEY, assignee_id text, title text)");
		TestEngine engine = new TestEngine(this.postgres, journal(), new Codecs(),
				TestEngine.owned("tickets", "assignee_id"),
				TestStreams.define(Word.class, "words", List.of(), "recipient", Duration.ofMinutes(10), COUNT));
		engine.start();
		try {
			LiveOperations operations = new LiveOperations((SubscriptionEngine) engine.sessions(),
					engine.pipeline()::heartbeat, LiveEvents.MAPPING, EventLog.NONE);
			engine.pipeline().listen(operations::follow);
			follow(engine, operations);
			operations.close();
		}
		finally {
			engine.close();
			engine.dropSlot();
		}
		assertThat(WrittenFiles.contain(this.directory, "row-900")).as("the disk holds rows").isTrue();
		assertThat(WrittenFiles.contain(this.directory, "event-")).as("the disk holds events").isFalse();
		try (RocksJournal reopened = journal()) {
			assertThat(changes(reopened, TICKETS, "bob")).isEqualTo(10);
			assertThat(changes(reopened, WORDS, "bob")).isZero();
			assertThat(changes(reopened, WORDS, "carol")).isZero();
		}
	}

	private void follow(TestEngine engine, LiveOperations operations) {
		try (StreamProbe<RealtimeEvent<Word>> bob = following(operations, RealtimeOptions.owner("bob"));
				StreamProbe<RealtimeEvent<Word>> carol = following(operations, RealtimeOptions.owner("carol"));
				StreamProbe<RealtimeEvent<Word>> all = following(operations, RealtimeOptions.all())) {
			TestPostgres.execute(this.postgres, TRANSACTIONS);
			assertThat(told(bob, COUNT / 2)).isEqualTo(numbered((n) -> n % 2 == 0));
			assertThat(told(carol, COUNT / 2)).isEqualTo(numbered((n) -> n % 2 == 1));
			assertThat(told(all, COUNT)).isEqualTo(numbered((n) -> true));
			engine.settle();
			assertThat(engine.events().status(WORDS).told()).isEqualTo(COUNT);
		}
	}

	private static StreamProbe<RealtimeEvent<Word>> following(LiveOperations operations, RealtimeOptions options) {
		StreamProbe<RealtimeEvent<Word>> probe = StreamProbe
			.of(operations.live(Word.class, options, "SELECT * FROM words"));
		assertThat(probe.next()).isEqualTo(new SnapshotEnd<>());
		return probe;
	}

	private static List<String> told(StreamProbe<RealtimeEvent<Word>> probe, int count) {
		return Stream.generate(() -> (Inserted<Word>) probe.until(Inserted.class))
			.limit(count)
			.map((inserted) -> inserted.row().text())
			.toList();
	}

	private static List<String> numbered(IntPredicate wanted) {
		return IntStream.rangeClosed(1, COUNT).filter(wanted).mapToObj((n) -> "event-" + n).toList();
	}

	private RocksJournal journal() {
		return RocksJournal.open(RocksJournalSettings.defaults(this.directory), Clock.systemUTC());
	}

	private static int changes(RocksJournal journal, TableName table, String owner) {
		return journal
			.read(new Partition(table, owner), JournalPlace.behind(journal.lowWater()), journal.head(), Long.MAX_VALUE)
			.transactions()
			.stream()
			.mapToInt((transaction) -> transaction.changes().size())
			.sum();
	}

	record Word(String recipient, String text) {
	}

}
