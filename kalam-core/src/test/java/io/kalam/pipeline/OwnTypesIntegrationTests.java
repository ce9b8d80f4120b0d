package io.kalam.pipeline;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

import io.kalam.catalog.PostgresSettings;
import io.kalam.codec.Codecs;
import io.kalam.codec.RealtimeTypeCodec;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.testing.TestCodecs;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonGenerator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Types of the application's own, all the way from the database to a subscription: of
 * extensions in a schema of their own, a domain, a composite type, and one of Postgres
 * whose text depends on the {@code search_path}.
 */
class OwnTypesIntegrationTests {

	private static final String FULL = "(1, 'alice', '0-393-04002-X', '(1, 2),(3, 4)', '{\"(1, 2),(3, 4)\",NULL}', '1.10', "
			+ "'(1.50,\"a,b\")', 'books')";

	private static final String FULL_JSON = "{\"id\":\"1\",\"owner\":\"alice\",\"isbn\":\"0-393-04002-X\",\"room\":[1,2,3,4],"
			+ "\"rooms\":[[1,2,3,4],null],\"version\":{\"major\":1,\"minor\":10},\"price\":{\"row\":\"(1.50,\\\"a,b\\\")\"},"
			+ "\"home\":\"public.books\"}";

	private static final String EMPTY_JSON = "{\"id\":\"2\",\"owner\":\"alice\",\"isbn\":null,\"room\":null,\"rooms\":null,"
			+ "\"version\":null,\"price\":null,\"home\":null}";

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	@TempDir
	private Path directory;

	private TestEngine engine;

	@BeforeEach
	void start() {
		sql("CREATE SCHEMA extensions", "CREATE EXTENSION isn SCHEMA extensions",
				"CREATE EXTENSION cube SCHEMA extensions", "CREATE DOMAIN version AS text",
				"CREATE TYPE price AS (amount numeric, currency text)",
				"CREATE TABLE books (id int8 PRIMARY KEY, owner text, isbn extensions.isbn, room extensions.cube, "
						+ "rooms extensions.cube[], version version, price price, home regclass)",
				"ALTER TABLE books REPLICA IDENTITY FULL");
		this.engine = start(1);
	}

	@AfterEach
	void stop() {
		this.engine.close();
		this.engine.dropSlot();
	}

	private TestEngine start(int version) {
		List<RealtimeTypeCodec> codecs = List.of(
				TestCodecs.comparable("extensions.isbn", (text, out) -> out.writeString(text)),
				TestCodecs.of("extensions.cube", OwnTypesIntegrationTests::cube),
				TestCodecs.version(version, "public.version", OwnTypesIntegrationTests::version),
				TestCodecs.of("public.price", object("row")), RealtimeTypeCodec.text("pg_catalog.regclass"));
		TestEngine started = new TestEngine(this.postgres,
				RocksJournal.open(RocksJournalSettings.defaults(this.directory), Clock.systemUTC()), new Codecs(codecs),
				TestEngine.owned("books", "owner"));
		started.start();
		return started;
	}

	private static void cube(String text, JsonGenerator out) {
		out.writeStartArray();
		for (String number : text.replaceAll("[() ]", "").split(",")) {
			out.writeNumber(Integer.parseInt(number));
		}
		out.writeEndArray();
	}

	private static void version(String text, JsonGenerator out) {
		out.writeStartObject();
		out.writeNumberProperty("major", Integer.parseInt(text.substring(0, text.indexOf('.'))));
		out.writeNumberProperty("minor", Integer.parseInt(text.substring(text.indexOf('.') + 1)));
		out.writeEndObject();
	}

	private static BiConsumer<String, JsonGenerator> object(String property) {
		return (text, out) -> {
			out.writeStartObject();
			out.writeStringProperty(property, text);
			out.writeEndObject();
		};
	}

	@Test
	void theSameBytesInSnapshotAndStream() {
		try (PolledClient live = new PolledClient(this.engine, "alice");
				PolledClient late = new PolledClient(this.engine, "alice")) {
			live.subscribe("books");
			live.awaitLive("books");
			sql("BEGIN; INSERT INTO books VALUES " + FULL + "; INSERT INTO books VALUES (2, 'alice'); COMMIT");
			List<SubscriptionChange> inserted = live.await(Transaction.class).changes();
			assertThat(inserted).extracting((change) -> text(change.row())).containsExactly(FULL_JSON, EMPTY_JSON);
			late.subscribe("books");
			assertThat(rows(late)).containsExactlyInAnyOrder(FULL_JSON, EMPTY_JSON);
			sql("UPDATE books SET version = '2.0', room = NULL WHERE id = 1", "DELETE FROM books WHERE id = 1");
			SubscriptionChange updated = live.await(Transaction.class).changes().get(0);
			assertThat(text(updated.row())).isEqualTo(FULL_JSON.replace("[1,2,3,4],\"rooms\"", "null,\"rooms\"")
				.replace("\"major\":1,\"minor\":10", "\"major\":2,\"minor\":0"));
			assertThat(text(updated.old()))
				.isEqualTo("{\"id\":\"1\",\"room\":[1,2,3,4],\"version\":{\"major\":1,\"minor\":10}}");
			assertThat(text(live.await(Transaction.class).changes().get(0).old())).contains("\"minor\":0");
		}
	}

	@Test
	void whatIsPrintedIsComparedInSnapshotAndStream() {
		sql("BEGIN; INSERT INTO books VALUES " + FULL + "; INSERT INTO books VALUES (2, 'alice'); COMMIT");
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.query("one", "SELECT id FROM books WHERE isbn = '0-393-04002-X' AND isbn IN ('0-393-04002-X', 'x')");
			assertThat(rows(client)).containsExactly("{\"id\":\"1\"}");
			client.awaitLive("one");
			sql("UPDATE books SET isbn = '039304002X' WHERE id = 2");
			assertThat(client.await(Transaction.class).changes()).extracting((change) -> text(change.row()))
				.as("another spelling of a number that is printed alike")
				.containsExactly("{\"id\":\"2\"}");
			sql("UPDATE books SET isbn = NULL WHERE id = 1");
			assertThat(text(client.await(Transaction.class).changes().get(0).old())).isEqualTo("{\"id\":\"1\"}");
		}
	}

	@Test
	void aValueThatCannotBeToldResetsTheTableAndIsNamed() {
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("books");
			client.awaitLive("books");
			sql("INSERT INTO books (id, owner, version) VALUES (1, 'alice', 'secret-4711')");
			client.await(Reset.class);
			Failed failed = client.await(Failed.class);
			assertThat(failed.code()).isEqualTo(ErrorCode.CONVERSION_ERROR);
			assertThat(failed.message()).contains("select the other columns").doesNotContain("secret-4711");
			assertThat(client.polled).noneMatch(Transaction.class::isInstance);
			Awaitility.await("the health names it")
				.until(() -> this.engine.pipeline().status().detail().contains("Column version"));
			assertThat(this.engine.pipeline().status().state()).isEqualTo(PipelineState.STREAMING);
			assertThat(this.engine.pipeline().status().detail())
				.contains("A change of public.books could not be told",
						"TestCodecs$TestCodec of type version has thrown", "Correct the value, or the codec.")
				.doesNotContain("secret-4711");
			client.query("others", "SELECT id FROM books");
			assertThat(rows(client)).containsExactly("{\"id\":\"1\"}");
			client.awaitLive("others");
			sql("UPDATE books SET version = '3.1' WHERE id = 1");
			client.subscribe("books");
			assertThat(rows(client)).singleElement().asString().contains("{\"major\":3,\"minor\":1}");
		}
	}

	@Test
	void aCursorOfAnotherFormIsNotContinued() {
		Acknowledged before;
		Transaction last;
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("books");
			before = client.await(Acknowledged.class);
			client.awaitLive("books");
			sql("INSERT INTO books VALUES " + FULL);
			last = client.await(Transaction.class);
		}
		this.engine.close();
		this.engine = start(2);
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("books", last.sequence().toString(), before.epoch().value());
			assertThat(client.await(Failed.class).code()).isEqualTo(ErrorCode.CURSOR_EXPIRED);
			client.subscribe("books");
			assertThat(rows(client)).containsExactly(FULL_JSON);
		}
	}

	private static Collection<String> rows(PolledClient client) {
		Batch batch = (Batch) client.await((event) -> event instanceof Batch read && !read.rows().isEmpty());
		return batch.rows().stream().map(OwnTypesIntegrationTests::text).toList();
	}

	private static String text(byte[] json) {
		return new String(json, StandardCharsets.UTF_8);
	}

	private void sql(String... statements) {
		TestPostgres.execute(this.postgres, statements);
	}

}
