package io.kalam.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.kalam.catalog.PostgresSettings;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients are told what is not durable yet, and then the process is killed: the next one
 * begins with what was on the disk at that moment, a copy of which was made while nothing
 * was written to it.
 */
class CursorAheadOfJournalIntegrationTests {

	@TempDir
	private Path directory;

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	@BeforeEach
	void createTable() {
		TestPostgres.execute(this.postgres, "CREATE TABLE notes (id int8 PRIMARY KEY, owner text)",
				"ALTER TABLE notes REPLICA IDENTITY FULL");
	}

	@Test
	void isContinuedExactlyOnceCaptureIsThere() throws IOException {
		Path before = this.directory.resolve("before");
		Path killed = this.directory.resolve("killed");
		List<Sequence> told;
		String epoch;
		try (TestEngine engine = engine(before, Duration.ofHours(1));
				PolledClient client = new PolledClient(engine, "ann")) {
			engine.start();
			client.subscribe("notes");
			epoch = client.await(Acknowledged.class).epoch().value();
			client.awaitLive("notes");
			told = List.of(insert(client, 1), insert(client, 2), insert(client, 3));
			assertThat(engine.journal().durable()).isLessThan(told.get(0));
			FileSystemUtils.copyRecursively(before, killed);
			assertThat(engine.journal().durable()).isLessThan(told.get(0));
		}
		try (TestEngine engine = engine(killed, Duration.ofMillis(5));
				PolledClient first = new PolledClient(engine, "ann");
				PolledClient last = new PolledClient(engine, "ann")) {
			assertThat(engine.journal().head()).isLessThan(told.get(0));
			engine.pipeline().start();
			first.subscribe("notes", told.get(0).toString(), epoch);
			last.subscribe("notes", told.get(2).toString(), epoch);
			insert(4);
			assertThat(changes(first)).containsExactly(row(2), row(3), row(4));
			assertThat(changes(last)).containsExactly(row(4));
		}
	}

	private TestEngine engine(Path journal, Duration syncDelay) {
		RocksJournalSettings defaults = RocksJournalSettings.defaults(journal);
		RocksJournalSettings settings = new RocksJournalSettings(journal, defaults.maxAge(), defaults.maxBytes(),
				syncDelay, defaults.syncBytes(), defaults.maxTail(), defaults.cache());
		return new TestEngine(this.postgres, OnSlotLost.RESYNC, RocksJournal.open(settings, Clock.systemUTC()), 1 << 20,
				TestEngine.owned("notes", "owner"));
	}

	private void insert(int id) {
		TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (" + id + ", 'ann')");
	}

	private Sequence insert(PolledClient client, int id) {
		insert(id);
		return ((Transaction) client.await((event) -> contains(event, id))).sequence();
	}

	private static List<String> changes(PolledClient client) {
		client.await((event) -> event instanceof Failed || contains(event, 4));
		assertThat(client.polled.get(0)).isInstanceOfSatisfying(Acknowledged.class,
				(acknowledged) -> assertThat(acknowledged.resumed()).isTrue());
		return client.polled.stream()
			.filter(Transaction.class::isInstance)
			.flatMap((transaction) -> ((Transaction) transaction).changes().stream())
			.map((change) -> new String(change.row(), StandardCharsets.UTF_8))
			.toList();
	}

	private static boolean contains(SubscriptionEvent event, int id) {
		return event instanceof Transaction transaction && transaction.changes()
			.stream()
			.anyMatch((change) -> new String(change.row(), StandardCharsets.UTF_8).equals(row(id)));
	}

	private static String row(int id) {
		return "{\"id\":\"" + id + "\",\"owner\":\"ann\"}";
	}

}
