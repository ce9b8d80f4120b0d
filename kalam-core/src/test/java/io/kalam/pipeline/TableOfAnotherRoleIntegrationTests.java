package io.kalam.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.kalam.catalog.PostgresSettings;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Failed;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A table that comes back as somebody else's can't be published by us: it goes out of
 * service, and the others go on, also if one of them changes meanwhile.
 */
class TableOfAnotherRoleIntegrationTests {

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	private final String role = "writer_" + this.postgres.database();

	private final PostgresSettings ours = new PostgresSettings(this.postgres.host(), this.postgres.port(),
			this.postgres.database(), this.role, "", Map.of());

	@Test
	void goesOutOfServiceAlone() {
		TestPostgres.execute(this.postgres, "CREATE ROLE " + this.role + " LOGIN REPLICATION",
				"GRANT CREATE ON DATABASE " + this.postgres.database() + " TO " + this.role,
				"GRANT CREATE ON SCHEMA public TO " + this.role);
		TestPostgres.execute(this.ours, "CREATE TABLE notes (id int8 PRIMARY KEY, owner text)",
				"CREATE TABLE board (id int8 PRIMARY KEY, body text)");
		try (TestEngine engine = new TestEngine(this.ours, TestEngine.owned("notes", "owner"),
				TestEngine.shared("board")); PolledClient client = new PolledClient(engine, "alice")) {
			engine.start();
			client.subscribe("notes");
			client.awaitLive("notes");
			client.subscribe("board");
			client.awaitLive("board");
			Integer reader = engine.reader();
			replace();
			Failed failed = client.await(Failed.class);
			assertThat(failed.id()).isEqualTo("notes");
			assertThat(failed.code()).isEqualTo(ErrorCode.SUBSCRIPTION_FAILED);
			engine.awaitState(PipelineState.DEGRADED);
			assertThat(engine.pipeline().status().detail()).contains("may not publish table public.notes");
			otherTablesGoOn(client);
			assertThat(engine.reader()).isEqualTo(reader);
			TestPostgres.execute(this.postgres, "GRANT postgres TO " + this.role);
			engine.awaitState(PipelineState.STREAMING);
			client.subscribe("notes");
			client.awaitLive("notes");
			TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (1, 'alice')");
			assertThat(row(client)).contains("alice");
		}
	}

	private void replace() {
		TestPostgres.execute(this.postgres,
				"BEGIN; DROP TABLE notes; CREATE TABLE notes (id int8 PRIMARY KEY, owner text); "
						+ "ALTER TABLE notes REPLICA IDENTITY FULL; GRANT SELECT ON notes TO " + this.role
						+ "; COMMIT");
	}

	private void otherTablesGoOn(PolledClient client) {
		TestPostgres.execute(this.postgres, "INSERT INTO board VALUES (1, 'goes on')");
		assertThat(row(client)).contains("goes on");
		TestPostgres.execute(this.postgres, "ALTER TABLE board ADD COLUMN more text", "UPDATE board SET more = 'wide'");
		client.await(Reset.class);
		assertThat(new String(client.await(Batch.class).rows().get(0), StandardCharsets.UTF_8)).contains("wide");
		client.awaitLive("board");
	}

	private static String row(PolledClient client) {
		return new String(client.await(Transaction.class).changes().get(0).row(), StandardCharsets.UTF_8);
	}

}
