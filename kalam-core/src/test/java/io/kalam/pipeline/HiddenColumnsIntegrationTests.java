package io.kalam.pipeline;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.kalam.RealtimeTableType;
import io.kalam.catalog.ColumnChoice;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.TableReference;
import io.kalam.codec.Codecs;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import io.kalam.testing.WrittenFiles;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hidden column does not leave the database: not in rows, not in errors, not on the
 * disk, whenever it was hidden.
 */
class HiddenColumnsIntegrationTests {

	private static final String SECRET = "hidden-4711";

	private static final String SHOWN = "shown-4711";

	private static final ColumnChoice EXCLUDE = new ColumnChoice.Except(Set.of("secret", "seen"));

	private static final ColumnChoice EXCEPT_SECRET = new ColumnChoice.Except(Set.of("Secret"));

	private static final ColumnChoice COLUMNS = new ColumnChoice.Only(Set.of("id", "owner", "title"));

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	@TempDir
	private Path directory;

	private TestEngine engine;

	@BeforeEach
	void create() {
		sql("CREATE TABLE tickets (id int8 PRIMARY KEY, secret text, owner text, title text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
	}

	@AfterEach
	void stop() {
		if (this.engine != null) {
			this.engine.close();
			this.engine.dropSlot();
		}
	}

	private void start(ColumnChoice choice) {
		RequiredTable table = new RequiredTable(new TableReference(null, "tickets"), "owner", "a test", choice);
		this.engine = new TestEngine(this.postgres,
				RocksJournal.open(RocksJournalSettings.defaults(this.directory), Clock.systemUTC()), new Codecs(),
				new RealtimeTableDefinition(table, RealtimeTableType.USER, Set.of()));
		this.engine.start();
	}

	@Test
	void aHiddenColumnIsNowhereAndNeedsNoCodec() {
		sql("ALTER TABLE tickets ADD COLUMN seen pg_snapshot");
		start(EXCLUDE);
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("tickets");
			assertThat(client.await(Acknowledged.class).query().projection().columns()).extracting("name")
				.containsExactly("id", "owner", "title");
			client.awaitLive("tickets");
			sql("INSERT INTO tickets VALUES (1, '" + SECRET + "', 'alice', '" + SHOWN + "', pg_current_snapshot())");
			assertThat(changes(client))
				.containsExactly("{\"id\":\"1\",\"owner\":\"alice\",\"title\":\"" + SHOWN + "\"} null");
			sql("UPDATE tickets SET secret = '" + SECRET + "-2', seen = NULL",
					"BEGIN; UPDATE tickets SET secret = repeat('" + SECRET + "', 9999); UPDATE tickets SET secret = '"
							+ SECRET + "-3', title = 'two'; COMMIT");
			assertThat(changes(client)).as("what changes hidden columns only is not told")
				.containsExactly("{\"id\":\"1\",\"owner\":\"alice\",\"title\":\"two\"} {\"id\":\"1\",\"title\":\""
						+ SHOWN + "\"}");
			sql("UPDATE tickets SET title = 'three'", "DELETE FROM tickets");
			assertThat(changes(client)).singleElement().asString().contains("three");
			assertThat(changes(client)).singleElement().asString().startsWith("null {\"id\":\"1\"");
			assertUnknown(client, "SELECT id, %s FROM tickets");
			assertUnknown(client, "SELECT * FROM tickets WHERE %s = 'x'");
			assertUnknown(client, "SELECT * FROM tickets WHERE tickets.%s IS NULL");
			assertUnknown(client, "SELECT * FROM tickets ORDER BY %s LIMIT 1");
			assertThat(this.engine.pipeline().status().state()).isEqualTo(PipelineState.STREAMING);
		}
		this.engine.close();
		assertThat(WrittenFiles.contain(this.directory, SHOWN)).as("the disk holds what is shown").isTrue();
		assertThat(WrittenFiles.contain(this.directory, SECRET)).isFalse();
	}

	private static void assertUnknown(PolledClient client, String sql) {
		client.query("hidden", sql.formatted("secret"));
		Failed hidden = client.await(Failed.class);
		client.query("unknown", sql.formatted("secres"));
		Failed unknown = client.await(Failed.class);
		assertThat(hidden.code()).isEqualTo(ErrorCode.INVALID_SQL);
		assertThat(hidden.message()).isEqualTo(unknown.message().replace("secres", "secret"));
	}

	@Test
	void whatIsHiddenLaterIsRemovedFromHistory() {
		start(ColumnChoice.ALL);
		Acknowledged open;
		Transaction before;
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("tickets");
			open = client.await(Acknowledged.class);
			client.awaitLive("tickets");
			sql("INSERT INTO tickets VALUES (1, '" + SECRET + "', 'alice', 'one')");
			before = client.await(Transaction.class);
		}
		this.engine.close();
		assertThat(WrittenFiles.contain(this.directory, SECRET)).isTrue();
		start(EXCEPT_SECRET);
		assertThat(WrittenFiles.contain(this.directory, SECRET)).isFalse();
		Acknowledged hidden;
		Mark after;
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("tickets", before.sequence().toString(), open.epoch().value());
			assertThat(client.await(Failed.class).code()).isEqualTo(ErrorCode.CURSOR_EXPIRED);
			client.subscribe("tickets", before.sequence().toString(), null);
			assertThat(client.await(Failed.class).code()).isEqualTo(ErrorCode.CURSOR_EXPIRED);
			client.subscribe("tickets");
			hidden = client.await(Acknowledged.class);
			assertThat(rows(client)).containsExactly("{\"id\":\"1\",\"owner\":\"alice\",\"title\":\"one\"}");
			after = client.awaitLive("tickets");
			sql("UPDATE tickets SET title = 'two'");
			client.await(Transaction.class);
		}
		this.engine.close();
		start(EXCEPT_SECRET);
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("tickets", after.sequence().toString(), hidden.epoch().value());
			assertThat(client.await(Acknowledged.class).resumed()).as("once is enough").isTrue();
			assertThat(changes(client)).singleElement().asString().contains("\"title\":\"two\"");
		}
	}

	@Test
	void aColumnThatIsAddedLaterIsNotAmongThoseThatWereNamed() {
		start(COLUMNS);
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("tickets");
			client.awaitLive("tickets");
			sql("ALTER TABLE tickets ADD COLUMN note text",
					"INSERT INTO tickets VALUES (1, '" + SECRET + "', 'alice', 'one', '" + SECRET + "')");
			Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
				try (PolledClient other = new PolledClient(this.engine, "alice")) {
					other.subscribe("tickets");
					assertThat(rows(other)).containsExactly("{\"id\":\"1\",\"owner\":\"alice\",\"title\":\"one\"}");
				}
			});
			sql("UPDATE tickets SET note = 'x'", "UPDATE tickets SET title = 'two'");
			client.await((event) -> rowsOf(event).anyMatch((row) -> row.contains("two")));
			assertThat(client.polled.stream().flatMap(HiddenColumnsIntegrationTests::rowsOf))
				.noneMatch((row) -> row.contains("note") || row.contains(SECRET));
		}
		this.engine.close();
		assertThat(WrittenFiles.contain(this.directory, SECRET)).isFalse();
	}

	@Test
	void aHiddenColumnThatIsRenamedIsNotRevealed() {
		start(EXCEPT_SECRET);
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("tickets");
			client.awaitLive("tickets");
			sql("ALTER TABLE tickets RENAME COLUMN secret TO secret_2",
					"INSERT INTO tickets VALUES (1, '" + SECRET + "', 'alice', 'one')");
			client.await(Failed.class);
			assertThat(client.polled).noneMatch((event) -> event instanceof Batch batch
					&& batch.rows().stream().anyMatch((row) -> text(row).contains(SECRET)));
			this.engine.awaitState(PipelineState.DEGRADED);
			assertThat(this.engine.pipeline().status().detail()).contains(
					"Table public.tickets (a test) has no column secret, which is named in @RealtimeTable(exclude = …)",
					"id, secret_2, owner, title", "If one was renamed, give its new name");
		}
		this.engine.close();
		assertThat(WrittenFiles.contain(this.directory, SECRET)).isFalse();
	}

	/**
	 * What an event shows, be it a change or read after a reset.
	 */
	private static Stream<String> rowsOf(SubscriptionEvent event) {
		if (event instanceof Batch batch) {
			return batch.rows().stream().map(HiddenColumnsIntegrationTests::text);
		}
		return (event instanceof Transaction transaction)
				? transaction.changes().stream().map(HiddenColumnsIntegrationTests::text) : Stream.empty();
	}

	private static List<String> changes(PolledClient client) {
		return client.await(Transaction.class).changes().stream().map(HiddenColumnsIntegrationTests::text).toList();
	}

	private static String text(SubscriptionChange change) {
		return text(change.row()) + ' ' + text(change.old());
	}

	private static List<String> rows(PolledClient client) {
		Batch batch = (Batch) client.await((event) -> event instanceof Batch read && !read.rows().isEmpty());
		return batch.rows().stream().map(HiddenColumnsIntegrationTests::text).toList();
	}

	private static String text(byte[] json) {
		return (json != null) ? new String(json, StandardCharsets.UTF_8) : "null";
	}

	private void sql(String... statements) {
		TestPostgres.execute(this.postgres, statements);
	}

}
