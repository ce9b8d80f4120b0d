package io.kalam.pipeline;

import io.kalam.catalog.PostgresSettings;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to a table without a word in the stream is never resumed over.
 */
class TableReplacedIntegrationTests {

	private static final String REPLACED = "BEGIN; DROP TABLE notes; "
			+ "CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text); "
			+ "INSERT INTO notes VALUES (2, 'alice', 'two'); COMMIT";

	private static final String UNPUBLISHED = "ALTER PUBLICATION kalam DROP TABLE notes; "
			+ "DELETE FROM notes; ALTER PUBLICATION kalam ADD TABLE notes";

	private static final String NOT_ALL_PUBLISHED = "ALTER PUBLICATION kalam SET (publish = 'insert'); "
			+ "DELETE FROM notes; ALTER PUBLICATION kalam SET (publish = 'insert, update, delete, truncate')";

	private static final String REWRITTEN = "ALTER TABLE notes ALTER COLUMN body TYPE text USING body || '!'";

	private static final String COLUMN_REPLACED = "ALTER TABLE notes DROP COLUMN body, ADD COLUMN body text";

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	private TestEngine engine;

	private String cursor;

	private String epoch;

	@BeforeEach
	void start() {
		TestPostgres.execute(this.postgres, "CREATE TABLE notes (id int8 PRIMARY KEY, owner text, body text)",
				"INSERT INTO notes VALUES (1, 'alice', 'one')");
		this.engine = started();
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("notes");
			this.epoch = client.await(Acknowledged.class).epoch().value();
			this.cursor = client.awaitLive("notes").sequence().toString();
		}
	}

	@AfterEach
	void stop() {
		this.engine.close();
		this.engine.dropSlot();
	}

	private TestEngine started() {
		TestEngine made = new TestEngine(this.postgres, TestEngine.owned("notes", "owner"));
		made.start();
		return made;
	}

	@ParameterizedTest
	@ValueSource(strings = { REPLACED, UNPUBLISHED, NOT_ALL_PUBLISHED, REWRITTEN, COLUMN_REPLACED })
	void whileTheApplicationRuns(String statements) {
		try (PolledClient connected = new PolledClient(this.engine, "alice")) {
			connected.subscribe("notes");
			connected.awaitLive("notes");
			TestPostgres.execute(this.postgres, statements);
			assertThat(connected.await(Reset.class).reason()).isEqualTo(Reset.Reason.SCHEMA);
		}
		assertRefused(this.epoch);
		assertRefused(null);
	}

	@ParameterizedTest
	@ValueSource(strings = { REPLACED, UNPUBLISHED, NOT_ALL_PUBLISHED, REWRITTEN, COLUMN_REPLACED })
	void whileTheApplicationIsDown(String statements) {
		this.engine.close();
		TestPostgres.execute(this.postgres, statements);
		this.engine = started();
		assertRefused(this.epoch);
		assertRefused(null);
	}

	@ParameterizedTest
	@ValueSource(strings = { REPLACED, UNPUBLISHED, NOT_ALL_PUBLISHED, REWRITTEN, COLUMN_REPLACED })
	void whileCaptureIsStopped(String statements) {
		try (PolledClient connected = new PolledClient(this.engine, "alice")) {
			connected.subscribe("notes");
			connected.awaitLive("notes");
			this.engine.stop();
			TestPostgres.execute(this.postgres, statements);
			this.engine.start();
			assertThat(connected.await(Reset.class).reason()).isEqualTo(Reset.Reason.SCHEMA);
		}
		assertRefused(this.epoch);
		assertRefused(null);
	}

	@Test
	void aTableThatIsTheSameIsResumed() {
		TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (2, 'alice', 'two')", "TRUNCATE notes",
				"VACUUM FULL notes", "ANALYZE notes");
		this.engine.pipeline().refresh().block();
		assertThat(resume(this.epoch)).isInstanceOf(Acknowledged.class);
		assertThat(resume(null)).isInstanceOf(Acknowledged.class);
		this.engine.close();
		this.engine = started();
		assertThat(resume(this.epoch)).isInstanceOf(Acknowledged.class);
	}

	private void assertRefused(String epoch) {
		assertThat(resume(epoch)).isInstanceOfSatisfying(Failed.class,
				(failed) -> assertThat(failed.code()).isEqualTo(ErrorCode.CURSOR_EXPIRED));
	}

	private SubscriptionEvent resume(String epoch) {
		try (PolledClient client = new PolledClient(this.engine, "alice")) {
			client.subscribe("notes", this.cursor, epoch);
			return client.await((event) -> true);
		}
	}

}
