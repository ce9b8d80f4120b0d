package io.kalam.catalog;

import java.util.List;
import java.util.Set;

import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Every table that can't be realtime, made for real; the remedy is executed, and then the
 * table can be.
 */
class TableChecksIntegrationTests {

	private static final PostgresSettings SETTINGS = TestPostgres.createDatabase();

	private final Checks checks = Checks.of(SETTINGS, Checks.table("app.tickets", "assignee_id"));

	@BeforeEach
	void reset() {
		this.checks.reset();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					id int, assignee_id text| app.tickets (com.example.Ticket) has no primary key| ADD PRIMARY KEY (id);
					id int NOT NULL UNIQUE, code int UNIQUE, assignee_id text| has no primary key| ADD PRIMARY KEY (id);
					assignee_id text NOT NULL, n int NOT NULL, UNIQUE (n)| has no primary key| ADD PRIMARY KEY (n);
					assignee_id text| has no primary key| ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY, ADD PRIMARY KEY (id);
					id int, assignee_id text, PRIMARY KEY (id) DEFERRABLE INITIALLY DEFERRED| app.tickets (com.example.Ticket) has a deferrable primary key: two rows can have the same key in the middle of a transaction| DROP CONSTRAINT tickets_pkey, ADD PRIMARY KEY (id);
					"Id" int, n int, assignee_id text, CONSTRAINT "Key" PRIMARY KEY (n, "Id") INCLUDE (assignee_id) DEFERRABLE| has a deferrable primary key| DROP CONSTRAINT "Key", ADD PRIMARY KEY (n, "Id");
					id int PRIMARY KEY, owner text| has no column assignee_id| @RealtimeTable(owner = …) with one of id, owner
					id int PRIMARY KEY, assignee_id text, seen pg_snapshot| Column seen of table app.tickets (com.example.Ticket) has type pg_catalog.pg_snapshot, which has no codec: it is not known how its values look as JSON.| RealtimeTypeCodec.text("pg_catalog.pg_snapshot")
					""")
	void refusesColumns(String columns, String problem, String remedy) {
		this.checks.execute("CREATE TABLE app.tickets (" + columns + ")",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL");
		Finding finding = only(problem, remedy);
		if (finding.remedy().startsWith("ALTER")) {
			mended(finding);
		}
	}

	@ParameterizedTest
	@CsvSource({ "DEFAULT, DEFAULT", "NOTHING, NOTHING", "USING INDEX tickets_pkey, INDEX" })
	void refusesAnIdentityWithoutTheOwner(String identity, String word) {
		this.checks.execute("CREATE TABLE app.tickets (id int PRIMARY KEY, assignee_id text)",
				"ALTER TABLE app.tickets REPLICA IDENTITY " + identity);
		mended(only("Table app.tickets (com.example.Ticket) has REPLICA IDENTITY " + word,
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL; or kalam.postgres.replica-identity=manage"));
	}

	@Test
	void refusesATableThatTwoClassesName() {
		this.checks.execute("CREATE TABLE app.tickets (id int PRIMARY KEY, assignee_id text, author_id text)",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL");
		Checks twice = this.checks.with(Checks.table("app.tickets", "assignee_id"),
				new RequiredTable(new TableReference("APP", "Tickets"), "author_id", "com.example.Other"));
		assertThat(twice.findings()).singleElement()
			.hasToString(
					"Table app.tickets is made realtime by several classes: com.example.Ticket, com.example.Other. "
							+ "To mend it: Leave @RealtimeTable on one of them; several classes may map the table.");
	}

	@Test
	void setsTheIdentityIfToldTo() {
		this.checks.execute(
				"CREATE TABLE app.tickets (id int, assignee_id text, PRIMARY KEY (id)) " + "PARTITION BY RANGE (id)",
				"CREATE TABLE app.one PARTITION OF app.tickets DEFAULT");
		assertThat(this.checks.findings()).hasSize(2);
		assertThat(this.checks.managingReplicaIdentity().findings()).isEmpty();
		assertThat(this.checks.findings()).isEmpty();
	}

	@Test
	void saysWhoMaySetTheIdentity() {
		String role = "reader_" + SETTINGS.database();
		this.checks.execute("CREATE TABLE app.tickets (id int PRIMARY KEY, assignee_id text)",
				"CREATE ROLE " + role + " LOGIN REPLICATION",
				"GRANT CREATE ON DATABASE " + SETTINGS.database() + " TO " + role,
				"GRANT USAGE ON SCHEMA app TO " + role, "GRANT SELECT ON app.tickets TO " + role);
		List<Finding> findings = this.checks.managingReplicaIdentity().as(role, "").findings();
		assertThat(findings).extracting(Finding::problem)
			.containsExactly(
					"Table app.tickets (com.example.Ticket) needs REPLICA IDENTITY FULL, and role " + role
							+ " is not the owner, who alone may set it.",
					"Role " + role + " may not publish table app.tickets, whose owner is postgres.");
		findings.forEach(this.checks::mend);
		assertThat(this.checks.managingReplicaIdentity().as(role, "").findings()).isEmpty();
	}

	@Test
	void refusesWhatIsMissing() {
		only("There is no table app.tickets (com.example.Ticket).", "Create the table, or correct its name.");
		this.checks.execute("CREATE TABLE public.\"Tickets\" ()");
		only("There is no table app.tickets", "there is public.\"Tickets\".");
		this.checks.execute("DROP TABLE public.\"Tickets\"");
	}

	@ParameterizedTest
	@CsvSource({ "VIEW, view", "MATERIALIZED VIEW, materialized view" })
	void refusesViews(String kind, String word) {
		this.checks.execute("CREATE " + kind + " app.tickets AS SELECT 1 AS id, 'a' AS assignee_id");
		only("Table app.tickets (com.example.Ticket) is a " + word, "class of the table behind it");
	}

	@Test
	void refusesAnUnloggedTable() {
		this.checks.execute("CREATE UNLOGGED TABLE app.tickets (id int PRIMARY KEY, assignee_id text)",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL");
		mended(only("Table app.tickets (com.example.Ticket) is unlogged", "ALTER TABLE app.tickets SET LOGGED;"));
	}

	@Test
	void refusesAPartition() {
		this.checks.execute(
				"CREATE TABLE app.everything (id int, assignee_id text, PRIMARY KEY (id)) " + "PARTITION BY RANGE (id)",
				"CREATE TABLE app.tickets PARTITION OF app.everything DEFAULT");
		only("Table app.tickets (com.example.Ticket) is a partition", "class of the partitioned table");
	}

	@Test
	void refusesHeirs() {
		this.checks.execute("CREATE TABLE app.tickets (id int PRIMARY KEY, assignee_id text)",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL", "CREATE TABLE app.old () INHERITS (app.tickets)");
		mended(only("has rows in app.old, which inherits from it", "ALTER TABLE app.old NO INHERIT app.tickets;"));
	}

	@Test
	void refusesPartitionsThatAreNotLogged() {
		this.checks.execute(
				"CREATE TABLE app.tickets (id int, assignee_id text, PRIMARY KEY (id)) " + "PARTITION BY RANGE (id)",
				"CREATE UNLOGGED TABLE app.one PARTITION OF app.tickets DEFAULT",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL", "ALTER TABLE app.one REPLICA IDENTITY FULL");
		mended(only("Table app.one, a partition of app.tickets, is unlogged", "ALTER TABLE app.one SET LOGGED;"));
	}

	@Test
	void refusesAGeneratedOwnerThatIsNotPublished() {
		this.checks.execute(
				"CREATE TABLE app.tickets (id int PRIMARY KEY, a text, "
						+ "assignee_id text GENERATED ALWAYS AS (lower(a)) STORED)",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL");
		if (version() < PublicationStatements.PUBLISHES_GENERATED) {
			mended(only("Column assignee_id of table app.tickets (com.example.Ticket) is the owner and generated",
					"ALTER TABLE app.tickets ALTER COLUMN assignee_id DROP EXPRESSION;"));
		}
		else {
			assertThat(this.checks.findings()).isEmpty();
		}
	}

	@Test
	void refusesAVirtualColumn() {
		if (version() < PublicationStatements.PUBLISHES_GENERATED) {
			return;
		}
		this.checks.execute(
				"CREATE TABLE app.tickets (id int PRIMARY KEY, assignee_id text, "
						+ "twice int GENERATED ALWAYS AS (id * 2) VIRTUAL)",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL");
		mended(only("Column twice of table app.tickets (com.example.Ticket) is a virtual generated column",
				"ALTER TABLE app.tickets DROP COLUMN twice; and add it again as STORED."));
	}

	@Test
	void refusesAnOwnerOfWhomThereCouldBeTwo() {
		this.checks.execute(
				"CREATE COLLATION app.loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
				"CREATE TABLE app.tickets (id int PRIMARY KEY, assignee_id text COLLATE app.loose)",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL");
		mended(only(
				"The owner column assignee_id of table app.tickets (com.example.Ticket) has the nondeterministic "
						+ "collation loose",
				"ALTER TABLE app.tickets ALTER COLUMN assignee_id TYPE text COLLATE \"C\";"));
	}

	@Test
	void refusesHiddenRowsAndMissingPrivileges() {
		String role = "reader_" + SETTINGS.database();
		this.checks.execute("CREATE TABLE app.tickets (id int PRIMARY KEY, assignee_id text)",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL", "ALTER TABLE app.tickets ENABLE ROW LEVEL SECURITY",
				"CREATE ROLE " + role + " LOGIN REPLICATION");
		assertThat(this.checks.findings()).as("a superuser sees all rows").isEmpty();
		this.checks.execute("GRANT USAGE ON SCHEMA kalam TO " + role,
				"GRANT SELECT, INSERT, UPDATE ON kalam.identity TO " + role);
		Checks restricted = this.checks.as(role, "").validating();
		this.checks.execute(
				"SELECT pg_create_logical_replication_slot('" + restricted.requirements().slot() + "', 'pgoutput')");
		List<Finding> findings = restricted.findings();
		assertThat(findings).extracting(Finding::problem)
			.containsExactly("Role " + role + " may not use schema app, in which app.tickets is.",
					"Role " + role + " may not read table app.tickets.",
					"Table app.tickets (com.example.Ticket) has row-level security, which hides rows from role " + role
							+ " in a snapshot, but not in the change stream.");
		assertThat(findings).extracting(Finding::remedy)
			.containsExactly("GRANT USAGE ON SCHEMA app TO " + role + ";",
					"GRANT SELECT ON app.tickets TO " + role + ";", "ALTER ROLE " + role + " BYPASSRLS;");
		findings.forEach(this.checks::mend);
		assertThat(restricted.findings()).isEmpty();
		this.checks.execute("SELECT pg_drop_replication_slot('" + restricted.requirements().slot() + "')");
	}

	@Test
	void collectsEverything() {
		this.checks.execute("CREATE UNLOGGED TABLE app.tickets (id int, seen pg_snapshot)",
				"CREATE VIEW app.people AS SELECT 1");
		Checks many = this.checks.with(Checks.table("app.tickets", "assignee_id"), Checks.table("app.people", null),
				Checks.table("nowhere", null));
		assertThat(many.findings()).hasSize(6);
		assertThat(published()).isEmpty();
	}

	@Test
	void namesAreFoldedAsPostgresDoes() {
		this.checks.execute("CREATE TABLE app.tickets (id int PRIMARY KEY, assignee_id text)",
				"CREATE TABLE app.\"Tickets\" (id int PRIMARY KEY, \"assigneeId\" text)",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL", "ALTER TABLE app.\"Tickets\" REPLICA IDENTITY FULL");
		Checks mixed = this.checks.with(Checks.table("app.Tickets", "assigneeId"),
				Checks.table("APP.TICKETS", "Assignee_Id"));
		List<CheckedTable> tables = mixed.run().tables();
		assertThat(tables).extracting((table) -> table.table().name())
			.containsExactly(new TableName("app", "Tickets"), new TableName("app", "tickets"));
		assertThat(tables).extracting((table) -> table.owner().name()).containsExactly("assigneeId", "assignee_id");
	}

	@Test
	void theApplicationsOwnWritesGoOn() {
		this.checks.execute("CREATE TABLE app.tickets (id int PRIMARY KEY, assignee_id text, body text)",
				"CREATE TABLE app.parts (id int, body text, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
				"CREATE TABLE app.part PARTITION OF app.parts FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id)",
				"CREATE TABLE app.leaf PARTITION OF app.part DEFAULT",
				"CREATE TABLE app.rest PARTITION OF app.parts DEFAULT",
				"CREATE TABLE app.sums (id int PRIMARY KEY, body text, "
						+ "twice int GENERATED ALWAYS AS (id * 2) STORED)",
				"CREATE TABLE app.\"order\" (id int PRIMARY KEY, body json)");
		Checks all = this.checks
			.with(Checks.table("app.tickets", "assignee_id"), Checks.table("app.parts", null),
					Checks.table("app.sums", null), Checks.table("app.order", null))
			.managingReplicaIdentity();
		all.run();
		assertThat(published()).containsExactlyInAnyOrder("app.tickets", "app.parts", "app.sums", "app.order");
		for (String table : List.of("app.tickets", "app.parts", "app.sums", "app.\"order\"")) {
			assertThatCode(() -> this.checks.execute("INSERT INTO " + table + " (id) VALUES (1), (2), (30)",
					"UPDATE " + table + " SET body = '1'", "UPDATE " + table + " SET id = id + 1000",
					"DELETE FROM " + table + " WHERE id = 1001", "TRUNCATE " + table))
				.as(table)
				.doesNotThrowAnyException();
		}
	}

	private Finding only(String problem, String remedy) {
		List<Finding> findings = this.checks.findings();
		assertThat(findings).singleElement().satisfies((finding) -> {
			assertThat(finding.problem()).contains(problem);
			assertThat(finding.remedy()).contains(remedy);
		});
		return findings.get(0);
	}

	private void mended(Finding finding) {
		this.checks.mend(finding);
		assertThat(this.checks.findings()).isEmpty();
		assertThat(published()).contains("app.tickets");
		assertThatCode(() -> this.checks.execute("UPDATE app.tickets SET assignee_id = 'x'", "DELETE FROM app.tickets"))
			.doesNotThrowAnyException();
	}

	private Set<String> published() {
		return Set.copyOf(TestRows.texts(SETTINGS,
				"SELECT schemaname || '.' || tablename FROM pg_publication_tables WHERE pubname = 'kalam'"));
	}

	private int version() {
		return Integer.parseInt(TestRows.texts(SETTINGS, "SHOW server_version_num").get(0));
	}

}
