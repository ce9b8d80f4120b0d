package io.kalam.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.TableReference;
import io.kalam.operations.RealtimeEvent.Position;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.subscription.SessionStatus;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * A real database, and the Java code that follows its tables.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class LiveOperationsDatabase {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final EntityMapping MAPPING = new EntityMapping() {

		@Override
		public @Nullable TableReference table(Class<?> type) {
			return (type == Ticket.class) ? new TableReference(null, "tickets") : null;
		}

		@Override
		public @Nullable String column(Class<?> type, String property) {
			return (type == Ticket.class && property.equals("assignee")) ? "assignee_id" : null;
		}

	};

	final PostgresSettings postgres = TestPostgres.createDatabase();

	TestEngine engine;

	LiveOperations operations;

	@BeforeAll
	void start() {
		TestPostgres.execute(this.postgres,
				"CREATE TABLE tickets (id int8 PRIMARY KEY, assignee_id text, title text, created_at timestamptz)",
				"CREATE TABLE rates (id int4 PRIMARY KEY, rate numeric)");
		RealtimeTableDefinition rates = new RealtimeTableDefinition(
				new RequiredTable(new TableReference(null, "rates"), null, "a test"), RealtimeTableType.SHARED,
				Set.of("ROLE_BANKER"));
		this.engine = new TestEngine(this.postgres, 64 << 20, TestEngine.owned("tickets", "assignee_id"), rates);
		this.engine.start();
	}

	@AfterAll
	void stop() {
		this.engine.close();
		this.engine.dropSlot();
	}

	@BeforeEach
	void open() {
		TestPostgres.execute(this.postgres, "TRUNCATE tickets, rates");
		this.engine.settle();
		this.operations = new LiveOperations((SubscriptionEngine) this.engine.sessions(),
				this.engine.pipeline()::heartbeat, MAPPING, EventLog.NONE);
		this.engine.pipeline().listen(this.operations::follow);
	}

	@AfterEach
	void close() {
		this.operations.close();
		Awaitility.await("nothing is left").atMost(PATIENCE).until(() -> sessions().isEmpty());
	}

	final StreamProbe<RealtimeEvent<Ticket>> following(RealtimeOptions options) {
		StreamProbe<RealtimeEvent<Ticket>> stream = StreamProbe.of(this.operations.changes(Ticket.class, options));
		stream.until(Position.class);
		return stream;
	}

	final List<SessionStatus> sessions() {
		return ((SubscriptionEngine) this.engine.sessions()).hub().sessionStatuses();
	}

	record Ticket(Long id, @Nullable String assignee, String title, @Nullable Instant createdAt) {

	}

}
