package io.kalam.snapshot.r2dbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

import io.kalam.catalog.PostgresSettings;
import io.kalam.partition.LiveTable;
import io.kalam.query.SqlCondition;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotException;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.snapshot.TableChangedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class R2dbcSnapshotReaderIntegrationTests {

	private final SnapshotDatabase database = new SnapshotDatabase();

	private R2dbcSnapshotReader reader;

	@TempDir
	private Path directory;

	@BeforeEach
	void openReader() {
		this.reader = new R2dbcSnapshotReader(this.database.settings,
				SnapshotDatabase.settings(this.directory, 2, 1 << 20), () -> Sequence.ZERO);
		this.database.execute("CREATE TABLE tickets (id int8 PRIMARY KEY, owner text, title text)",
				"INSERT INTO tickets SELECT i, CASE i % 2 WHEN 0 THEN 'ann' ELSE 'bob' END, 'title ' || i "
						+ "FROM generate_series(1, 20) i");
	}

	@AfterEach
	void closeReader() {
		this.reader.close();
	}

	@Test
	void readsTheRowsOfAnOwner() {
		Snapshot snapshot = read(SnapshotDatabase.request(tickets(), "ann"));
		assertThat(snapshot.size()).isEqualTo(10);
		assertThat(snapshot.visibility().xmax()).isPositive();
		assertThat(snapshot.fence().value()).isPositive();
		List<JsonNode> rows = SnapshotDatabase.rows(snapshot);
		assertThat(rows).hasSize(10).allSatisfy((row) -> assertThat(row.get("owner").asString()).isEqualTo("ann"));
		assertThat(rows.get(0).propertyNames()).containsExactly("id", "owner", "title");
		assertThat(SnapshotDatabase.rows(read(SnapshotDatabase.request(tickets(), "nobody")))).isEmpty();
	}

	@Test
	void readsAllRowsOfASharedTable() {
		LiveTable shared = this.database.table("tickets", null);
		assertThat(SnapshotDatabase.rows(read(SnapshotDatabase.request(shared, null)))).hasSize(20);
	}

	@Test
	void showsWhatTheProjectionShowsUnderTheConditions() {
		SqlCondition condition = new SqlCondition("\"title\" LIKE ($1)::text AND \"id\" > ($2)::int8",
				List.of("title 1%", "12"));
		List<JsonNode> rows = SnapshotDatabase
			.rows(read(SnapshotDatabase.request(tickets(), "bob", condition, 0, "title")));
		assertThat(rows).extracting(JsonNode::toString)
			.containsExactlyInAnyOrder("{\"title\":\"title 13\",\"id\":\"13\"}",
					"{\"title\":\"title 15\",\"id\":\"15\"}", "{\"title\":\"title 17\",\"id\":\"17\"}",
					"{\"title\":\"title 19\",\"id\":\"19\"}");
	}

	@Test
	void readsTheNewestRowsOldestFirst() {
		SnapshotRequest request = SnapshotDatabase.request(tickets(), "ann", SqlCondition.TRUE, 3, "id");
		assertThat(SnapshotDatabase.rows(read(request))).extracting((row) -> row.get("id").asString())
			.containsExactly("16", "18", "20");
	}

	@Test
	void keepsValuesOutOfTheStatement() {
		String evil = "'; DROP TABLE tickets; -- \" $1 \\ {} \u00e4\ud83d\ude00";
		this.database.execute("INSERT INTO tickets VALUES (100, '" + evil.replace("'", "''") + "', 'evil')");
		SqlCondition condition = new SqlCondition("\"owner\" = ($1)::text", List.of(evil));
		assertThat(SnapshotDatabase.rows(read(SnapshotDatabase.request(tickets(), evil, condition, 0)))).hasSize(1);
		assertThat(SnapshotDatabase.rows(read(SnapshotDatabase.request(tickets(), "ann' OR 'a' = 'a")))).isEmpty();
		assertThat(SnapshotDatabase.rows(read(SnapshotDatabase.request(tickets(), "ann")))).hasSize(10);
	}

	@ParameterizedTest
	@ValueSource(strings = { "on", "off" })
	void quotesNames(String conforming) {
		this.database.execute(
				"CREATE TABLE \"odd \"\"; \\ $1 'table\" (\"$1 \"\" id\" int8 PRIMARY KEY, "
						+ "\"own'er; --\" text, \"%s $2\" text)",
				"INSERT INTO \"odd \"\"; \\ $1 'table\" VALUES (1, 'ann', 'x')");
		this.database.execute("DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET standard_conforming_strings = %s', "
				+ "current_database(), '" + conforming + "'); END$$");
		LiveTable odd = this.database.table("odd \"; \\ $1 'table", "own'er; --");
		assertThat(SnapshotDatabase.rows(read(SnapshotDatabase.request(odd, "ann", SqlCondition.TRUE, 1))))
			.extracting(JsonNode::toString)
			.containsExactly("{\"$1 \\\" id\":\"1\",\"own'er; --\":\"ann\",\"%s $2\":\"x\"}");
	}

	@Test
	void readsWhatPostgresPrintsUnderPinnedSettings() {
		this.database.execute("CREATE TYPE pair AS (a int, b text)", """
				CREATE TABLE forms (id int8 PRIMARY KEY, owner int8, c bpchar(5), n inet, f float8, b bytea,
					t timestamptz, i interval, p pair, z text)""", """
				INSERT INTO forms VALUES (1, 7, 'ab', '1.2.3.4', 0.1::float8 + 0.2, '\\x00ff',
					'2026-01-31 12:34:56+02', '1 year 2 days', ROW(1, NULL), NULL)""");
		String role = this.database.settings.database() + "_role";
		this.database.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'p'", "GRANT SELECT ON forms TO " + role,
				"ALTER ROLE " + role + " SET TimeZone = 'America/New_York'",
				"ALTER ROLE " + role + " SET DateStyle = 'German'",
				"ALTER ROLE " + role + " SET bytea_output = 'escape'", "ALTER ROLE " + role + " SET search_path = ''");
		try (R2dbcSnapshotReader other = reader(role, "p")) {
			SnapshotRequest request = SnapshotDatabase.request(this.database.printed("forms", "owner"), "7");
			List<JsonNode> rows = SnapshotDatabase.rows(other.read(request).block(SnapshotDatabase.WAIT));
			assertThat(rows).singleElement()
				.hasToString("{\"id\":\"1\",\"owner\":\"7\",\"c\":\"ab   \",\"n\":\"1.2.3.4\","
						+ "\"f\":\"0.30000000000000004\",\"b\":\"\\\\x00ff\",\"t\":\"2026-01-31 10:34:56+00\","
						+ "\"i\":\"P1Y2D\",\"p\":\"(1,)\",\"z\":null}");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			search_path                         | public       | pg_catalog
			TimeZone                            | Asia/Tokyo   | UTC
			DateStyle                           | German       | ISO, YMD
			IntervalStyle                       | sql_standard | iso_8601
			extra_float_digits                  | -3           | 1
			bytea_output                        | escape       | hex
			row_security                        | on           | off
			jit                                 | on           | off
			statement_timeout                   | 1min         | 7s
			idle_in_transaction_session_timeout | 1min         | 7s
			lock_timeout                        | 1min         | 300ms
			""")
	void readsUnderItsSettingsWhateverTheDatabaseAndTheClientPrefer(String setting, String theirs, String ours) {
		this.database
			.execute("ALTER DATABASE " + this.database.settings.database() + " SET " + setting + " = '" + theirs + "'");
		SqlCondition condition = new SqlCondition("current_setting(($1)::text) = ($2)::text", List.of(setting, ours));
		SnapshotSettings settings = new SnapshotSettings(1, SnapshotDatabase.WAIT, Duration.ofSeconds(7),
				Duration.ofMillis(300), Duration.ofSeconds(30), 1000, this.directory, "kalam-snapshot");
		TimeZone before = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
		try (R2dbcSnapshotReader other = new R2dbcSnapshotReader(this.database.settings, settings,
				() -> Sequence.ZERO)) {
			SnapshotRequest request = SnapshotDatabase.request(tickets(), "ann", condition, 0);
			assertThat(SnapshotDatabase.rows(other.read(request).block(SnapshotDatabase.WAIT))).hasSize(10);
		}
		finally {
			TimeZone.setDefault(before);
		}
	}

	@Test
	void noticesThatTheColumnsHaveChanged() {
		SnapshotRequest request = SnapshotDatabase.request(tickets(), "ann");
		this.database.execute("ALTER TABLE tickets ADD COLUMN more text");
		assertThat(SnapshotDatabase.rows(read(request))).hasSize(10);
		this.database.execute("ALTER TABLE tickets ALTER COLUMN title TYPE varchar(50)");
		assertChanged(request);
		request = SnapshotDatabase.request(tickets(), "ann");
		this.database.execute("ALTER TABLE tickets RENAME COLUMN title TO subject");
		assertChanged(request);
		request = SnapshotDatabase.request(tickets(), "ann");
		this.database.execute("ALTER TABLE tickets DROP COLUMN subject");
		assertChanged(request);
		request = SnapshotDatabase.request(tickets(), "ann");
		this.database.execute("DROP TABLE tickets");
		assertChanged(request);
	}

	@Test
	void doesNotWaitLongForALock() throws Exception {
		SnapshotRequest request = SnapshotDatabase.request(tickets(), "ann");
		try (Connection connection = this.database.settings.connect();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("ALTER TABLE tickets ADD COLUMN more text");
			assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> read(request))
				.withMessageContaining("public.tickets is locked")
				.withNoCause();
			connection.rollback();
		}
		assertThat(SnapshotDatabase.rows(read(request))).hasSize(10);
		assertThat(this.reader.connections()).isEqualTo(1);
	}

	@Test
	void endsAQueryThatTakesTooLong() {
		SnapshotSettings impatient = new SnapshotSettings(1, Duration.ofSeconds(10), Duration.ofMillis(200),
				Duration.ofMillis(300), Duration.ofSeconds(30), 1000, this.directory, "kalam-snapshot");
		try (R2dbcSnapshotReader other = new R2dbcSnapshotReader(this.database.settings, impatient,
				() -> Sequence.ZERO)) {
			SqlCondition slow = new SqlCondition("pg_sleep(60) IS NOT NULL", List.of());
			assertThatExceptionOfType(SnapshotException.class).isThrownBy(
					() -> other.read(SnapshotDatabase.request(tickets(), "ann", slow, 0)).block(SnapshotDatabase.WAIT))
				.withMessageContaining("took longer than PT0.2S")
				.withNoCause();
			assertThat(SnapshotDatabase
				.rows(other.read(SnapshotDatabase.request(tickets(), "ann")).block(SnapshotDatabase.WAIT))).hasSize(10);
			assertThat(other.connections()).isEqualTo(1);
		}
	}

	@Test
	void tellsNoValuesAndNoStatements() {
		LiveTable byNumber = this.database.table("tickets", "id");
		assertThatExceptionOfType(SnapshotException.class)
			.isThrownBy(() -> read(SnapshotDatabase.request(byNumber, "secret owner")))
			.withMessage("A snapshot of public.tickets failed with SQLSTATE 22P02")
			.withNoCause();
		PostgresSettings nowhere = new PostgresSettings("127.0.0.1", 1, "x", "x", "secret", Map.of());
		try (R2dbcSnapshotReader unreachable = new R2dbcSnapshotReader(nowhere,
				SnapshotDatabase.settings(this.directory, 1, 1000), () -> Sequence.ZERO)) {
			assertThatExceptionOfType(SnapshotException.class)
				.isThrownBy(
						() -> unreachable.read(SnapshotDatabase.request(tickets(), "ann")).block(SnapshotDatabase.WAIT))
				.withMessageContaining("could not be reached");
		}
	}

	@Test
	void refusesToReadBehindRowSecurity() {
		String role = this.database.settings.database() + "_guest";
		this.database.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'p'");
		SnapshotRequest request = SnapshotDatabase.request(tickets(), "ann");
		try (R2dbcSnapshotReader other = reader(role, "p")) {
			assertThatExceptionOfType(SnapshotException.class)
				.isThrownBy(() -> other.read(request).block(SnapshotDatabase.WAIT))
				.withMessageContaining("GRANT SELECT ON public.tickets");
			this.database.execute("GRANT SELECT ON tickets TO " + role, "ALTER TABLE tickets ENABLE ROW LEVEL SECURITY",
					"CREATE POLICY own ON tickets USING (id < 10)");
			assertThatExceptionOfType(SnapshotException.class)
				.isThrownBy(() -> other.read(request).block(SnapshotDatabase.WAIT))
				.withMessageContaining("BYPASSRLS");
		}
	}

	@Test
	void readsMoreThanItHoldsInMemory() {
		this.database
			.execute("INSERT INTO tickets SELECT i, 'many', repeat('x', 500) FROM generate_series(1000, 20999) i");
		try (R2dbcSnapshotReader other = new R2dbcSnapshotReader(this.database.settings,
				SnapshotDatabase.settings(this.directory, 2, 10_000), () -> Sequence.ZERO)) {
			Snapshot snapshot = other.read(SnapshotDatabase.request(tickets(), "many")).block(SnapshotDatabase.WAIT);
			assertThat(snapshot.size()).isEqualTo(20_000);
			assertThat(snapshot.rows(19_990, 100).block(SnapshotDatabase.WAIT)).hasSize(10);
			assertThat(snapshot.rows(20_000, 100).block(SnapshotDatabase.WAIT)).isEmpty();
			assertThat(SnapshotDatabase.rows(snapshot)).extracting((row) -> row.get("id").asLong())
				.doesNotHaveDuplicates()
				.hasSize(20_000);
			assertThat(other.open()).isZero();
			assertThat(this.directory).isEmptyDirectory();
		}
	}

	@Test
	void closesItsConnectionsWhenIdle() {
		SnapshotSettings hasty = new SnapshotSettings(2, Duration.ofSeconds(10), Duration.ofSeconds(10),
				Duration.ofMillis(300), Duration.ofMillis(200), 1000, this.directory, "kalam-snapshot");
		try (R2dbcSnapshotReader other = new R2dbcSnapshotReader(this.database.settings, hasty, () -> Sequence.ZERO)) {
			other.read(SnapshotDatabase.request(tickets(), "ann")).block(SnapshotDatabase.WAIT).release();
			Awaitility.await().atMost(SnapshotDatabase.WAIT).until(() -> this.database.sessions() == 0);
			assertThat(other.connections()).isZero();
		}
	}

	@Test
	void replacesALostConnection() {
		read(SnapshotDatabase.request(tickets(), "ann")).release();
		this.database.query("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity "
				+ "WHERE datname = current_database() AND application_name = 'kalam-snapshot'");
		Awaitility.await()
			.atMost(SnapshotDatabase.WAIT)
			.ignoreExceptions()
			.until(() -> SnapshotDatabase.rows(read(SnapshotDatabase.request(tickets(), "ann"))).size() == 10);
	}

	private LiveTable tickets() {
		return this.database.table("tickets", "owner");
	}

	private R2dbcSnapshotReader reader(String user, String password) {
		PostgresSettings all = this.database.settings;
		return new R2dbcSnapshotReader(
				new PostgresSettings(all.host(), all.port(), all.database(), user, password, Map.of()),
				SnapshotDatabase.settings(this.directory, 2, 1 << 20), () -> Sequence.ZERO);
	}

	private Snapshot read(SnapshotRequest request) {
		return this.reader.read(request).block(SnapshotDatabase.WAIT);
	}

	private void assertChanged(SnapshotRequest request) {
		assertThatExceptionOfType(TableChangedException.class).isThrownBy(() -> read(request))
			.withMessageContaining("public.tickets");
	}

}
