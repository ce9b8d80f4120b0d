package io.kalam.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The publication, and with it what else is ours: made, mended or refused.
 */
class PublicationChecksIntegrationTests {

	private static final PostgresSettings SETTINGS = TestPostgres.createDatabase();

	private final Checks checks = Checks.of(SETTINGS, Checks.table("app.tickets", null),
			Checks.table("app.parts", null));

	private final String slot = this.checks.requirements().slot();

	@BeforeEach
	void tables() {
		this.checks.reset();
		this.checks.execute("CREATE TABLE app.tickets (id int PRIMARY KEY, body text)",
				"CREATE TABLE app.parts (id int PRIMARY KEY, body text) PARTITION BY RANGE (id)",
				"CREATE TABLE app.part PARTITION OF app.parts DEFAULT", "CREATE TABLE app.other (id int PRIMARY KEY)");
		for (String table : List.of("tickets", "parts", "part", "other")) {
			this.checks.execute("ALTER TABLE app." + table + " REPLICA IDENTITY FULL");
		}
	}

	@Test
	void validatingChangesNothingAndPrintsAllThatIsMissing() {
		Checks validating = this.checks.validating();
		List<Finding> findings = validating.findings();
		assertThat(findings).extracting(Finding::problem)
			.containsExactly("The table kalam.identity is missing.", "There is no publication kalam.",
					"There is no replication slot " + this.slot + ".");
		assertThat(TestRows.texts(SETTINGS, "SELECT pubname FROM pg_publication")).isEmpty();
		findings.forEach(this.checks::mend);
		assertThat(validating.run().slotPredatesPublication()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					FOR TABLE app.tickets WITH (publish_via_partition_root = true)| doesn't publish app.parts.
					FOR TABLE app.other WITH (publish_via_partition_root = true)| doesn't publish app.tickets, app.parts.
					FOR TABLE app.tickets, app.parts| publishes changes of partitions under their own names.
					FOR ALL TABLES WITH (publish = 'insert, update', publish_via_partition_root)| doesn't publish delete, truncate.
					FOR TABLES IN SCHEMA app WITH (publish = 'delete, truncate', publish_via_partition_root)| doesn't publish insert, update.
					FOR TABLE app.tickets WHERE (id > 5), app.parts WITH (publish_via_partition_root)| has a row filter on app.tickets.
					FOR TABLE app.tickets (id, body), app.parts WITH (publish_via_partition_root)| has a column list on app.tickets, which
					""")
	void refusesTheDifference(String publication, String problem) {
		this.checks.execute("CREATE PUBLICATION kalam " + publication);
		assertThat(this.checks.findings()).as("it is not ours").singleElement().satisfies((finding) -> {
			assertThat(finding.problem()).startsWith("Publication kalam " + problem);
			this.checks.mend(finding);
		});
		assertThat(this.checks.findings()).isEmpty();
		assertThatCode(() -> this.checks.execute("INSERT INTO app.tickets VALUES (1)",
				"UPDATE app.tickets SET body = 'x'", "DELETE FROM app.tickets"))
			.doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource({ "FOR ALL TABLES", "FOR TABLES IN SCHEMA app", "'FOR TABLE app.tickets, app.parts, app.other'" })
	void takesWhatPublishesMore(String publication) {
		this.checks.execute("CREATE PUBLICATION kalam " + publication + " WITH (publish_via_partition_root = true)");
		assertThat(this.checks.findings()).isEmpty();
		assertThat(this.checks.with(Checks.table("app.tickets", null)).findings()).isEmpty();
		assertThat(published()).as("left alone").contains("app.other");
	}

	@Test
	void saysThatGeneratedColumnsAreLeftOut() {
		this.checks.execute("ALTER TABLE app.tickets ADD twice int GENERATED ALWAYS AS (id * 2) STORED",
				"CREATE PUBLICATION kalam FOR TABLE app.tickets, app.parts WITH (publish_via_partition_root = true)");
		boolean publishes = Integer.parseInt(TestRows.texts(SETTINGS, "SHOW server_version_num").get(0)) >= 180000;
		if (publishes) {
			assertThat(this.checks.findings()).singleElement().satisfies((finding) -> {
				assertThat(finding.problem()).contains("leaves out the generated columns of app.tickets");
				this.checks.mend(finding);
			});
		}
		assertThat(this.checks.findings()).isEmpty();
		this.checks.execute("INSERT INTO app.tickets VALUES (1)", "UPDATE app.tickets SET body = 'x'");
	}

	@Test
	void followsTheTables() {
		CheckedDatabase first = this.checks.run();
		assertThat(this.checks.run().tables()).isEqualTo(first.tables());
		Checks others = this.checks.with(Checks.table("app.tickets", null), Checks.table("app.other", null));
		CheckedDatabase second = others.run();
		assertThat(second.tables().get(0)).isEqualTo(first.tables().get(0));
		assertThat(published()).containsExactlyInAnyOrder("app.tickets", "app.other");
		this.checks.execute("ALTER PUBLICATION kalam SET (publish = 'insert', publish_via_partition_root = false)",
				"ALTER PUBLICATION kalam DROP TABLE app.tickets",
				"ALTER PUBLICATION kalam ADD TABLE app.tickets WHERE (id > 7)");
		assertThat(this.checks.run().tables()).isNotEqualTo(first.tables());
		assertThat(published()).containsExactlyInAnyOrder("app.tickets", "app.parts");
		assertThat(this.checks.validating().findings()).extracting(Finding::problem)
			.containsExactly("There is no replication slot " + this.slot + ".");
		assertThat(this.checks.with().findings()).isEmpty();
		assertThat(published()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ALTER PUBLICATION kalam DROP TABLE app.tickets; ALTER PUBLICATION kalam ADD TABLE app.tickets
			ALTER PUBLICATION kalam SET (publish = 'insert, update')
			ALTER PUBLICATION kalam SET TABLE app.parts
			DROP TABLE app.tickets; CREATE TABLE app.tickets (LIKE app.model INCLUDING ALL)
			ALTER TABLE app.tickets ALTER COLUMN body TYPE text USING upper(body)
			ALTER TABLE app.tickets DROP COLUMN body, ADD COLUMN body text
			""")
	void tellsALineageThatWasBroken(String statements) {
		this.checks.execute("CREATE TABLE app.model (LIKE app.tickets INCLUDING ALL)");
		TableLineage before = lineage(this.checks);
		this.checks.execute(statements);
		Checks full = this.checks.managingReplicaIdentity();
		assertThat(lineage(full)).isNotEqualTo(before).isEqualTo(lineage(full));
	}

	@ParameterizedTest
	@CsvSource({ "FOR ALL TABLES", "FOR TABLES IN SCHEMA app" })
	void tellsALineageThatWasBrokenWhereThePublicationNamesNoTable(String publication) {
		this.checks.execute("CREATE PUBLICATION kalam " + publication + " WITH (publish_via_partition_root = true)",
				"CREATE TABLE app.model (LIKE app.tickets INCLUDING ALL)");
		TableLineage before = lineage(this.checks);
		this.checks.execute("DROP TABLE app.tickets", "CREATE TABLE app.tickets (LIKE app.model INCLUDING ALL)",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL");
		assertThat(lineage(this.checks)).isNotEqualTo(before);
	}

	@Test
	void tellsALineageThatWasBrokenBySchema() {
		this.checks
			.execute("CREATE PUBLICATION kalam FOR TABLES IN SCHEMA app WITH (publish_via_partition_root = true)");
		TableLineage before = lineage(this.checks);
		this.checks.execute("ALTER PUBLICATION kalam DROP TABLES IN SCHEMA app",
				"ALTER PUBLICATION kalam ADD TABLES IN SCHEMA app");
		assertThat(lineage(this.checks)).isNotEqualTo(before);
	}

	@Test
	void tellsALineageThatGoesOn() {
		TableLineage before = lineage(this.checks);
		this.checks.execute("INSERT INTO app.tickets VALUES (1, 'x')", "TRUNCATE app.tickets",
				"VACUUM FULL app.tickets", "REINDEX TABLE app.tickets", "ALTER PUBLICATION kalam ADD TABLE app.other",
				"VACUUM FREEZE pg_publication", "VACUUM FULL pg_attribute", "ANALYZE app.tickets");
		assertThat(lineage(this.checks)).isEqualTo(before);
	}

	private static TableLineage lineage(Checks checks) {
		return checks.run().tables().get(0).lineage();
	}

	@Test
	void takesNoTableAwayWhileAnotherProcessStreams() throws Exception {
		this.checks.run();
		new ReplicationSlot(SETTINGS, this.slot).create((blocking) -> {
		});
		Checks fewer = this.checks.with(Checks.table("app.other", null));
		try (Connection other = SETTINGS.connectForReplication();
				PGReplicationStream stream = other.unwrap(PGConnection.class)
					.getReplicationAPI()
					.replicationStream()
					.logical()
					.withSlotName(this.slot)
					.withSlotOption("proto_version", 1)
					.withSlotOption("publication_names", "kalam")
					.start()) {
			assertThat(stream.isClosed()).isFalse();
			fewer.run();
			assertThat(published()).containsExactlyInAnyOrder("app.tickets", "app.parts", "app.other");
		}
		Awaitility.await().until(() -> new ReplicationSlot(SETTINGS, this.slot).read().activePid() == null);
		fewer.run();
		assertThat(published()).containsExactly("app.other");
	}

	@Test
	void knowsASlotThatIsOlderThanThePublication() throws Exception {
		ReplicationSlot old = new ReplicationSlot(SETTINGS, this.slot);
		old.create((blocking) -> {
		});
		this.checks.execute("INSERT INTO app.tickets VALUES (1)");
		assertThat(this.checks.run().slotPredatesPublication()).isTrue();
		old.drop();
		old.create((blocking) -> {
		});
		assertThat(this.checks.run().slotPredatesPublication()).isFalse();
	}

	@Test
	void namesThePrivilegesThatAreMissing() {
		String role = "reader_" + SETTINGS.database();
		this.checks.execute("CREATE ROLE " + role + " LOGIN REPLICATION", "GRANT USAGE ON SCHEMA app TO " + role,
				"GRANT SELECT ON ALL TABLES IN SCHEMA app TO " + role, "ALTER TABLE app.parts OWNER TO " + role);
		Checks restricted = this.checks.as(role, "");
		List<Finding> findings = restricted.findings();
		assertThat(findings).extracting(Finding::problem)
			.containsExactly("Role " + role + " may not create the schema kalam.",
					"Role " + role + " may not create the publication kalam.",
					"Role " + role + " may not publish table app.tickets, whose owner is postgres.");
		this.checks.mend(findings.get(0));
		this.checks.execute("ALTER TABLE app.tickets OWNER TO " + role);
		assertThat(restricted.findings()).isEmpty();
		this.checks.execute("REVOKE ALL ON kalam.identity FROM " + role);
		assertThat(restricted.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.problem()).isEqualTo("Role " + role + " may not read and write kalam.identity.");
			this.checks.mend(finding);
		});
		assertThat(restricted.findings()).isEmpty();
	}

	@Test
	void mendsATableOfAnEarlierVersion() {
		assertThat(this.checks.findings()).isEmpty();
		this.checks.execute("ALTER TABLE kalam.identity DROP COLUMN holder");
		assertThat(this.checks.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.problem()).contains("earlier version");
			this.checks.mend(finding);
		});
		assertThat(this.checks.findings()).isEmpty();
	}

	@Test
	void waitsNoLongerThanAMomentForATable() throws SQLException {
		this.checks.execute("ALTER TABLE app.tickets REPLICA IDENTITY DEFAULT");
		try (Connection busy = SETTINGS.connect(); Statement statement = busy.createStatement()) {
			busy.setAutoCommit(false);
			statement.execute("SELECT * FROM app.tickets");
			assertThatExceptionOfType(DatabaseUnavailableException.class)
				.isThrownBy(() -> this.checks.managingReplicaIdentity().run())
				.withMessageContaining("Table app.tickets is in use");
			busy.rollback();
		}
		assertThat(this.checks.managingReplicaIdentity().findings()).isEmpty();
	}

	private static List<String> published() {
		return TestRows.texts(SETTINGS,
				"SELECT schemaname || '.' || tablename FROM pg_publication_tables WHERE pubname = 'kalam'");
	}

}
