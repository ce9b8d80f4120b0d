package io.kalam.catalog;

import java.util.List;
import java.util.Set;

import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Columns that are hidden, those that can't be, and those that would have to be.
 */
class ColumnChoiceChecksIntegrationTests {

	private static final PostgresSettings POSTGRES = TestPostgres.createDatabase();

	private final Checks checks = Checks.of(POSTGRES);

	@BeforeEach
	void reset() {
		this.checks.reset();
	}

	@Test
	void saysHowAColumnWithoutACodecIsHiddenOrGetsOne() {
		this.checks.execute("CREATE TABLE app.tickets (id int PRIMARY KEY, assignee_id text, seen pg_snapshot[])",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL");
		String bean = """
				 Or register a codec, this one for the text that Postgres prints:

				    @Bean
				    RealtimeTypeCodec pg_snapshotCodec() {
				        return RealtimeTypeCodec.text("pg_catalog.pg_snapshot");
				    }
				""";
		assertThat(findings(ColumnChoice.ALL)).extracting(Finding::remedy)
			.containsExactly("Hide the column: @RealtimeTable(exclude = \"seen\")." + bean);
		assertThat(findings(new ColumnChoice.Except(Set.of("assigned_at")))).extracting(Finding::remedy)
			.contains("Hide the column: @RealtimeTable(exclude = { \"assigned_at\", \"seen\" })." + bean);
		assertThat(findings(new ColumnChoice.Only(Set.of("id", "assignee_id", "seen")))).extracting(Finding::remedy)
			.containsExactly("Hide the column: leave it out of @RealtimeTable(columns = …)." + bean);
		assertThat(findings(new ColumnChoice.Except(Set.of("SEEN")))).isEmpty();
		assertThat(findings(new ColumnChoice.Only(Set.of("ID", "assignee_id")))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					except | secrets, tilte | has no column secrets, tilte, which is named in @RealtimeTable(exclude = …). | Name columns that there are: id, assignee_id, title, "Secret".
					only | id, assignee_id, secret | has no column secret, which is named in @RealtimeTable(columns = …). | If one was renamed, give its new name
					except | id, title | hides id (@RealtimeTable(exclude = …)), and can't do without key and owner. | Leave id out of @RealtimeTable(exclude = …).
					except | assignee_ID | hides assignee_id (@RealtimeTable(exclude = …)) | Leave assignee_id out of
					only | title | hides id, assignee_id (@RealtimeTable(columns = …)) | @RealtimeTable(columns = { "id", "assignee_id", "title" })
					""")
	void refusesAChoiceOfColumns(String kind, String names, String problem, String remedy) {
		this.checks.execute(
				"CREATE TABLE app.tickets (id int PRIMARY KEY, assignee_id text, title text, \"Secret\" text)",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL");
		Set<String> columns = Set.of(names.split(", "));
		assertThat(findings(kind.equals("only") ? new ColumnChoice.Only(columns) : new ColumnChoice.Except(columns)))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.problem()).startsWith("Table app.tickets (com.example.Ticket) ").contains(problem);
				assertThat(finding.remedy()).contains(remedy);
			});
	}

	@Test
	void hiddenColumnsAreNoPartOfTheTable() {
		this.checks.execute(
				"CREATE TABLE app.tickets (secret box[], id int, title text, assignee_id text, "
						+ "\"Secret\" text, PRIMARY KEY (assignee_id, id))",
				"ALTER TABLE app.tickets REPLICA IDENTITY FULL");
		RequiredTable table = new RequiredTable(new TableReference("app", "tickets"), "assignee_id", "Ticket",
				new ColumnChoice.Except(Set.of("secret", "Secret")));
		CheckedTable checked = this.checks.with(table).run().tables().get(0);
		assertThat(checked.table().columns()).extracting(Column::name).containsExactly("id", "title", "assignee_id");
		assertThat(checked.table().columns()).extracting(Column::index).containsExactly(0, 1, 2);
		assertThat(checked.table().key()).extracting(Column::name).containsExactly("assignee_id", "id");
		assertThat(checked.table().key()).extracting(Column::index).containsExactly(2, 0);
		assertThat(checked.owner()).isEqualTo(checked.table().columns().get(2));
		assertThat(checked.choice()).isEqualTo(new ColumnChoice.Except(Set.of("secret", "Secret")));
	}

	private List<Finding> findings(ColumnChoice choice) {
		return this.checks
			.with(new RequiredTable(new TableReference("app", "tickets"), "assignee_id", "com.example.Ticket", choice))
			.findings();
	}

}
