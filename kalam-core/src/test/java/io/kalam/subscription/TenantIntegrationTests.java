package io.kalam.subscription;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.StartupCheckException;
import io.kalam.catalog.TableReference;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tenants, on a real Postgres: nobody sees a row of another one.
 */
class TenantIntegrationTests {

	private static final String NOTES = "SELECT id, title FROM notes";

	private static PostgresSettings postgres;

	private static TestEngine engine;

	@BeforeAll
	static void start() {
		postgres = TestPostgres.createDatabase();
		TestPostgres.execute(postgres,
				"CREATE TABLE notes (id int8 PRIMARY KEY, tenant_id int4, owner text COLLATE \"C\", title text)",
				"CREATE TABLE news (id int8 PRIMARY KEY, tenant_id int4, title text)");
		engine = new TestEngine(postgres, tenanted("notes", "owner", "tenant_id"), tenanted("news", null, "TENANT_ID"));
		engine.start();
	}

	private static RealtimeTableDefinition tenanted(String table, String owner, String tenant) {
		return new RealtimeTableDefinition(new RequiredTable(new TableReference(null, table), owner, "a test"),
				(owner != null) ? RealtimeTableType.USER : RealtimeTableType.SHARED, Set.of(), tenant);
	}

	@AfterAll
	static void stop() {
		engine.close();
	}

	@BeforeEach
	void fill() {
		TestPostgres.execute(postgres, "DELETE FROM notes", "DELETE FROM news",
				"INSERT INTO notes VALUES (1, 1, 'ann', 'one'), (2, 2, 'ann', 'two'), (3, 1, 'bob', 'hidden'),"
						+ " (4, NULL, 'ann', 'hidden')",
				"INSERT INTO news VALUES (1, 1, 'one'), (2, 2, 'two'), (3, NULL, 'hidden')");
		engine.settle();
	}

	private static RealtimeUser ann(String tenant) {
		return new RealtimeUser("ann", tenant, "user", Set.of(), Map.of(), Instant.MAX);
	}

	@ParameterizedTest
	@CsvSource({ "notes, 1, one, two", "notes, 2, two, one", "news, 1, one, two", "news, ' 2', two, one" })
	void everyoneSeesTheirTenantsRows(String table, String tenant, String shown, String hidden) {
		try (PolicyReader reader = new PolicyReader(engine.sessions(), ann(tenant.trim()), true)
			.subscribe("SELECT id, title FROM " + table + " WHERE tenant_id = 1 OR tenant_id = 2 OR TRUE")
			.awaitLive()) {
			reader.awaitTitles(shown);
			TestPostgres.execute(postgres, "UPDATE " + table + " SET title = title || '!'");
			reader.awaitTitles(shown + "!");
			assertThat(reader.told()).doesNotContain(hidden, "hidden");
		}
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "one", "1.5", "99999999999", "1 OR TRUE" })
	void aTokenWithoutAGoodClaimOwnsNothing(String tenant) {
		try (PolicyReader reader = new PolicyReader(engine.sessions(), ann(tenant), true).subscribe(NOTES)
			.awaitLive()) {
			TestPostgres.execute(postgres, "UPDATE notes SET title = title || '!'");
			engine.settle();
			reader.drain();
			assertThat(reader.told()).isEmpty();
		}
	}

	@Test
	void aRowThatMovesToAnotherTenantIsDeletedAndInserted() {
		try (PolicyReader one = new PolicyReader(engine.sessions(), ann("1"), true).subscribe(NOTES).awaitLive();
				PolicyReader two = new PolicyReader(engine.sessions(), ann("2"), true).subscribe(NOTES).awaitLive()) {
			TestPostgres.execute(postgres, "UPDATE notes SET tenant_id = 2 WHERE id = 1");
			Transaction left = (Transaction) one.await(Transaction.class::isInstance);
			Transaction came = (Transaction) two.await(Transaction.class::isInstance);
			assertThat(left.sequence()).isEqualTo(came.sequence());
			one.awaitTitles();
			two.awaitTitles("one", "two");
		}
	}

	@Test
	void aTokenOfAnotherTenantReadsAnew() {
		try (PolicyReader reader = new PolicyReader(engine.sessions(), ann("1"), true).subscribe(NOTES).awaitLive()) {
			reader.session.reauthorize(ann("1"));
			reader.session.reauthorize(ann("2"));
			assertThat(reader.await(Reset.class::isInstance)).isEqualTo(new Reset("s", Reset.Reason.POLICY, true));
			reader.awaitLive();
			reader.awaitTitles("two");
		}
	}

	@Test
	void aCursorOfAnotherTenantIsRefused() {
		PolicyReader gone = new PolicyReader(engine.sessions(), ann("1"), true).subscribe(NOTES).awaitLive();
		gone.close();
		try (PolicyReader same = new PolicyReader(engine.sessions(), ann("1"), true).begin(NOTES, 0, gone.cursor,
				gone.epoch)) {
			assertThat(((Acknowledged) same.await(Acknowledged.class::isInstance)).resumed()).isTrue();
		}
		for (String epoch : new String[] { gone.epoch, null }) {
			try (PolicyReader other = new PolicyReader(engine.sessions(), ann("2"), true).begin(NOTES, 0, gone.cursor,
					epoch)) {
				assertThat(other.awaitFailure().code()).isEqualTo(ErrorCode.CURSOR_EXPIRED);
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nothing | has no column nothing | ADD COLUMN "nothing" text;
			price | whose equal values can be written in several ways | uuid
			""")
	void whatCanNotBeATenantIsRefused(String column, String problem, String remedy) {
		PostgresSettings other = TestPostgres.createDatabase();
		TestPostgres.execute(other, "CREATE TABLE notes (id int8 PRIMARY KEY, price numeric)");
		try (TestEngine refused = new TestEngine(other, tenanted("notes", null, column))) {
			assertThatExceptionOfType(StartupCheckException.class).isThrownBy(refused.pipeline()::start)
				.satisfies((ex) -> assertThat(ex.findings()).singleElement().satisfies((finding) -> {
					assertThat(finding.problem()).contains(problem);
					assertThat(finding.remedy()).contains(remedy);
				}));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Lacking", "Same" })
	void whatIsToBeTypedCures(String column) {
		PostgresSettings other = TestPostgres.createDatabase();
		TestPostgres.execute(other,
				"CREATE COLLATION same (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
				"CREATE TABLE \"Notes\" (id int8 PRIMARY KEY, \"Same\" text COLLATE same)",
				"INSERT INTO \"Notes\" VALUES (1, 'a')");
		try (TestEngine refused = new TestEngine(other, tenanted("Notes", null, column))) {
			assertThatExceptionOfType(StartupCheckException.class).isThrownBy(refused.pipeline()::start)
				.satisfies((ex) -> TestPostgres.execute(other, statement(ex.findings().get(0).remedy())));
		}
		try (TestEngine cured = new TestEngine(other, tenanted("Notes", null, column))) {
			cured.start();
		}
	}

	private static String statement(String remedy) {
		return remedy.substring(remedy.indexOf("ALTER TABLE"));
	}

}
