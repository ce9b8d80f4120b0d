package io.kalam.subscription;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.kalam.access.AccessDecision;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.PostgresSettings;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a policy hides stays hidden, on a real Postgres, whatever a client tries: in the
 * snapshot, live, on resume and after what may be read has changed.
 */
class AccessPolicyIntegrationTests {

	private static final String ALL = "SELECT id, title FROM documents";

	private static PostgresSettings postgres;

	private static TestEngine engine;

	private final Map<String, AccessDecision> decisions = new ConcurrentHashMap<>();

	private SubscriptionEngine sessions;

	@BeforeAll
	static void start() {
		postgres = TestPostgres.createDatabase();
		TestPostgres.execute(postgres,
				"CREATE TABLE documents (id int8 PRIMARY KEY, project int4, title text COLLATE \"C\")");
		engine = new TestEngine(postgres, TestEngine.shared("documents"));
		engine.start();
	}

	@AfterAll
	static void stop() {
		engine.close();
	}

	@BeforeEach
	void fill() {
		TestPostgres.execute(postgres, "DELETE FROM documents",
				"INSERT INTO documents VALUES (1, 1, 'one'), (2, 2, 'hidden two'), (3, 1, 'three'),"
						+ " (4, NULL, 'hidden four'), (5, 3, 'hidden five')");
		engine.settle();
		this.sessions = engine.sessions(RealtimeAccessPolicy.blocking("documents", this::decide));
		this.decisions.put("ann", projects(1));
	}

	private AccessDecision decide(RealtimeUser user) {
		return this.decisions.getOrDefault(user.name(), AccessDecision.none());
	}

	private static AccessDecision projects(Integer... projects) {
		return AccessDecision.where("project = ANY ($1)", (Object) projects);
	}

	@AfterEach
	void close() {
		engine.settle();
	}

	static Stream<Arguments> attacks() {
		return Stream.of(Arguments.of(ALL, new Object[0]), Arguments.of(ALL + " WHERE TRUE", new Object[0]),
				Arguments.of(ALL + " WHERE FALSE OR TRUE", new Object[0]),
				Arguments.of(ALL + " WHERE project = 1 OR project <> 1 OR project IS NULL", new Object[0]),
				Arguments.of(ALL + " WHERE NOT (project = 1) OR NOT FALSE", new Object[0]),
				Arguments.of("SELECT d.title FROM public.documents AS d WHERE d.id > 0 OR d.project = 2",
						new Object[0]),
				Arguments.of("SELECT * FROM documents project WHERE project.id IS NOT NULL", new Object[0]),
				Arguments.of("SUBSCRIBE TO documents", new Object[0]),
				Arguments.of("SUBSCRIBE TO documents WHERE TRUE OPTIONS (last_rows = 100)", new Object[0]),
				Arguments.of(ALL + " WHERE project = ANY ($1) OR $2 OR id = $3",
						new Object[] { List.of(1, 2, 3), true, 2 }),
				Arguments.of(ALL + " WHERE project = $1 OR TRUE", new Object[] { "2" }),
				Arguments.of(ALL + " ORDER BY project DESC, id LIMIT 10", new Object[0]));
	}

	@ParameterizedTest
	@MethodSource("attacks")
	void noQueryShowsWhatIsHidden(String sql, Object[] params) {
		try (PolicyReader ann = new PolicyReader(this.sessions, "ann", true).subscribe(sql, params)) {
			ann.awaitLive();
			TestPostgres.execute(postgres,
					"UPDATE documents SET title = title || '!'; INSERT INTO documents VALUES (6, 2, 'hidden six'),"
							+ " (7, 1, 'seven'); UPDATE documents SET project = 2, title = 'hidden now' WHERE id = 3;"
							+ " UPDATE documents SET project = 1, title = 'shown now' WHERE id = 5;"
							+ " DELETE FROM documents WHERE id IN (2, 4)");
			engine.settle();
			ann.awaitTitles("one!", "shown now", "seven");
			assertThat(ann.told()).doesNotContain("hidden").contains("one", "three");
		}
	}

	@Test
	void aRowThatEntersOrLeavesIsInsertedOrDeleted() {
		try (PolicyReader ann = new PolicyReader(this.sessions, "ann", true).subscribe(ALL).awaitLive()) {
			TestPostgres.execute(postgres, "UPDATE documents SET project = 3 - project WHERE id IN (1, 2)");
			Transaction transaction = (Transaction) ann.await(Transaction.class::isInstance);
			assertThat(transaction.changes()).extracting(SubscriptionChange::operation)
				.containsExactlyInAnyOrder(SubscriptionChange.Operation.DELETE, SubscriptionChange.Operation.INSERT);
		}
	}

	@Test
	void theNewestRowsAreTheNewestOfThoseThatMayBeRead() {
		try (PolicyReader ann = new PolicyReader(this.sessions, "ann", true).begin(ALL, 1, null, null).awaitLive()) {
			ann.awaitTitles("three");
			assertThat(ann.told()).doesNotContain("hidden");
		}
	}

	@Test
	void aDeniedTableIsOneThatDoesNotExist() {
		try (PolicyReader bob = new PolicyReader(this.sessions, "bob", true)) {
			for (String columns : new String[] { "*", "id", "nothing", "*" }) {
				bob.subscribe("SELECT " + columns + " FROM documents");
				String denied = bob.awaitFailure().toString();
				bob.subscribe("SELECT " + columns + " FROM documentz");
				assertThat(bob.awaitFailure().toString().replace("documentz", "documents")).isEqualTo(denied)
					.contains("NOT_FOUND");
			}
			assertThat(bob.events).allMatch(SubscriptionEvent.Failed.class::isInstance);
		}
	}

	@Test
	void aPolicyThatFailsLetsNobodyIn() {
		SubscriptionEngine failing = engine.sessions(RealtimeAccessPolicy.blocking("documents", (user) -> {
			throw new IllegalStateException("password of the database");
		}));
		try (PolicyReader ann = new PolicyReader(failing, "ann", true).subscribe(ALL)) {
			assertThat(ann.awaitFailure().code()).isEqualTo(ErrorCode.SUBSCRIPTION_FAILED);
			assertThat(ann.events.toString()).doesNotContain("password", "documents");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "no_such_column = $1", "project = 1", "project = ", "project = $2", "title = ANY ($1)" })
	void aConditionThatIsRefusedLetsNobodyIn(String condition) {
		this.decisions.put("ann", AccessDecision.where(condition, 1));
		try (PolicyReader ann = new PolicyReader(this.sessions, "ann", true).subscribe(ALL)) {
			assertThat(ann.awaitFailure().code()).isEqualTo(ErrorCode.SUBSCRIPTION_FAILED);
			assertThat(ann.events.toString()).doesNotContain("no_such_column", "project");
		}
	}

	@Test
	void whatWasGivenAndTakenIsReadAnew() {
		try (PolicyReader ann = new PolicyReader(this.sessions, "ann", true).subscribe(ALL).awaitLive()) {
			this.sessions.reevaluate((user) -> user.name().equals("ann")).block();
			ann.drain();
			assertThat(ann.events).noneMatch(Reset.class::isInstance);
			this.decisions.put("ann", projects(2, 3));
			this.sessions.reevaluate((user) -> user.name().equals("bob")).block();
			ann.drain();
			assertThat(ann.events).noneMatch(Reset.class::isInstance);
			this.sessions.reevaluate((user) -> user.name().equals("ann")).block();
			ann.events.clear();
			TestPostgres.execute(postgres, "UPDATE documents SET title = title || '!'");
			ann.awaitLive();
			ann.awaitTitles("hidden two!", "hidden five!");
			assertThat(ann.events.get(0)).isEqualTo(new Reset("s", Reset.Reason.POLICY, true));
			assertThat(ann.told()).doesNotContain("one", "three");
		}
	}

	@Test
	void whoMayReadNothingAnyMoreIsTold() {
		try (PolicyReader ann = new PolicyReader(this.sessions, "ann", true).subscribe(ALL).awaitLive()) {
			this.decisions.remove("ann");
			this.sessions.reevaluate((user) -> true).block();
			ann.events.clear();
			TestPostgres.execute(postgres, "UPDATE documents SET title = title || '!'");
			engine.settle();
			assertThat(ann.awaitFailure().code()).isEqualTo(ErrorCode.UNAUTHORIZED);
			ann.drain();
			assertThat(ann.told()).isEmpty();
		}
	}

	@Test
	void clientsWithoutTransactionsSubscribeAgain() {
		try (PolicyReader ann = new PolicyReader(this.sessions, "ann", false).subscribe(ALL)) {
			ann.await((event) -> event instanceof Batch batch && !batch.hasMore());
			this.decisions.put("ann", projects(2));
			this.sessions.reevaluate((user) -> true).block();
			ann.events.clear();
			assertThat(ann.awaitFailure().code()).isEqualTo(ErrorCode.RESYNC_REQUIRED);
			assertThat(ann.told()).isEmpty();
		}
	}

	@Test
	void aNewTokenIsDecidedAbout() {
		try (PolicyReader ann = new PolicyReader(this.sessions, "ann", true).subscribe(ALL).awaitLive()) {
			this.decisions.put("ann", projects(2));
			ann.session.reauthorize(new RealtimeUser("ann", "user", Set.of(), Instant.MAX));
			ann.await(Reset.class::isInstance);
			ann.awaitLive();
			ann.awaitTitles("hidden two");
		}
	}

	@Test
	void aCursorIsGoodForTheSameRowsOnly() {
		PolicyReader gone = new PolicyReader(this.sessions, "ann", true).subscribe(ALL).awaitLive();
		gone.close();
		TestPostgres.execute(postgres, "UPDATE documents SET title = title || '!'");
		engine.settle();
		assertThat(resumed("ann", gone.cursor, gone.epoch)).isEqualTo("continued");
		assertThat(resumed("ann", gone.cursor, null)).isEqualTo("CURSOR_EXPIRED");
		this.decisions.put("eve", projects(2));
		assertThat(resumed("eve", gone.cursor, gone.epoch)).isEqualTo("CURSOR_EXPIRED");
		assertThat(resumed("bob", gone.cursor, gone.epoch)).isEqualTo("NOT_FOUND");
		this.decisions.put("ann", projects(1, 2));
		assertThat(resumed("ann", gone.cursor, gone.epoch)).isEqualTo("CURSOR_EXPIRED");
		this.decisions.put("ann", AccessDecision.all());
		assertThat(resumed("ann", gone.cursor, gone.epoch)).isEqualTo("CURSOR_EXPIRED");
		assertThat(resumed("ann", gone.cursor, null)).isEqualTo("CURSOR_EXPIRED");
	}

	private String resumed(String user, String cursor, String epoch) {
		try (PolicyReader reader = new PolicyReader(this.sessions, user, true).begin(ALL, 0, cursor, epoch)) {
			SubscriptionEvent answer = reader
				.await((event) -> event instanceof Acknowledged || event instanceof SubscriptionEvent.Failed);
			if (answer instanceof SubscriptionEvent.Failed failed) {
				return failed.code().name();
			}
			reader.awaitLive();
			assertThat(reader.told()).contains("one!", "three!").doesNotContain("hidden");
			return ((Acknowledged) answer).resumed() ? "continued" : "read anew";
		}
	}

}
