package io.kalam.boot;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.access.AccessDecision;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.capture.debezium.DebeziumSettings;
import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.Finding;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.StartupCheckException;
import io.kalam.catalog.TableReference;
import io.kalam.codec.Codecs;
import io.kalam.codec.RealtimeTypeCodec;
import io.kalam.journal.rocksdb.JournalDirectoryException;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.testing.TestEngine;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class KalamFailureAnalyzerTests {

	private final KalamFailureAnalyzer analyzer = new KalamFailureAnalyzer();

	@Test
	void numbersSeveralFindings() {
		FailureAnalysis analysis = analyze(
				new StartupCheckException(List.of(new Finding("One.", "DO one;"), new Finding("Two.", "DO two;"))));
		assertThat(analysis.getDescription()).isEqualTo("""
				The database is not fit for realtime tables:

				    1. One.
				    2. Two.""");
		assertThat(analysis.getAction()).isEqualTo("""
				In this order:

				    1. DO one;
				    2. DO two;""");
	}

	@Test
	void givesOneFindingNoNumber() {
		FailureAnalysis analysis = analyze(new StartupCheckException(List.of(new Finding("One.", "DO one;"))));
		assertThat(analysis.getDescription()).isEqualTo("The database is not fit for realtime tables: One.");
		assertThat(analysis.getAction()).isEqualTo("DO one;");
	}

	@Test
	void saysWhereTheDatabaseIsLookedFor() {
		FailureAnalysis analysis = analyze(new DatabaseUnavailableException("Nobody listens on db:5432", null));
		assertThat(analysis.getDescription()).isEqualTo("Nobody listens on db:5432");
		assertThat(analysis.getAction()).contains("spring.r2dbc.url", "spring.datasource.url", "kalam.postgres.host");
	}

	@Test
	void saysHowTheAnnotationIsMeant() {
		FailureAnalysis analysis = analyze(
				new InvalidRealtimeTableException(String.class, "does not say who owns a row", "Name the property."));
		assertThat(analysis.getDescription())
			.isEqualTo("@RealtimeTable on java.lang.String: the type does not say who owns a row.");
		assertThat(analysis.getAction()).isEqualTo("Name the property.");
	}

	@Test
	void saysWhichCodecsAreInEachOthersWay() {
		FailureAnalysis analysis = analyze(catchThrowable(() -> new Codecs(
				List.of(RealtimeTypeCodec.text("public.isbn"), RealtimeTypeCodec.text("public.isbn")))));
		assertThat(analysis.getDescription()).startsWith("Two codecs read type public.isbn: RealtimeTypeCodec.text(");
		assertThat(analysis.getAction()).isEqualTo("Keep one of them, or have each name types of its own.");
	}

	@Test
	void saysWhichBeanIsMissing() {
		FailureAnalysis analysis = analyze(new MissingBeanException("There is no decoder.", "Declare one."));
		assertThat(analysis.getDescription()).isEqualTo("There is no decoder.");
		assertThat(analysis.getAction()).isEqualTo("Declare one.");
	}

	@Test
	void saysWhatToDoAboutTheDirectoryOfTheJournal() {
		FailureAnalysis analysis = analyze(
				new JournalDirectoryException(Path.of("/data"), "is a file", "Remove it.", null));
		assertThat(analysis.getDescription()).isEqualTo("The directory /data of the journal is a file.");
		assertThat(analysis.getAction()).startsWith("Remove it. ").contains("kalam.journal.type=memory");
	}

	@Test
	void saysWhatToDoAboutTheLibraryOfTheJournal() {
		FailureAnalysis analysis = analyze(new JournalUnavailableException("It is not there.", "Add it.", null));
		assertThat(analysis.getDescription()).isEqualTo("It is not there.");
		assertThat(analysis.getAction()).isEqualTo("Add it.");
	}

	@Test
	void saysWhatToSetInsteadOfAPropertyOfDebezium() {
		PostgresSettings postgres = new PostgresSettings("localhost", 5432, "app", "app", "hidden", Map.of());
		FailureAnalysis analysis = analyze(catchThrowable(() -> new DebeziumSettings(postgres, "slot", "publication",
				"prefix", "message", 1, Map.of("slot.name", "mine", "database.password", "hidden"), Map::of)));
		assertThat(analysis.getDescription()).contains("database.password, slot.name");
		assertThat(analysis.getAction()).contains("\n    kalam.debezium.properties.slot.name (set kalam.postgres.slot)",
				"kalam.debezium.properties.database.password");
		assertThat(analysis.toString() + analysis.getDescription() + analysis.getAction()).doesNotContain("hidden");
	}

	@Test
	void explainsOurPropertiesAndNoOthers() {
		FailureAnalysis analysis = analyze(
				new InvalidConfigurationPropertyValueException("kalam.journal.max-size", "0B", "It must be more."));
		assertThat(analysis.getDescription()).isEqualTo("The property kalam.journal.max-size can't be '0B'.");
		assertThat(analysis.getAction()).startsWith("It must be more.");
		assertThat(this.analyzer.analyze(new InvalidConfigurationPropertyValueException("server.port", "x", "y")))
			.isNull();
	}

	@Test
	void saysWhichTablesAPolicyMayDecideAbout() {
		RealtimeEntities entities = new RealtimeEntities(List.of(TestEngine.shared("documents")));
		entities.check(RealtimeAccessPolicy.blocking("Documents", (user) -> AccessDecision.none()));
		FailureAnalysis analysis = analyze(catchThrowable(
				() -> entities.check(RealtimeAccessPolicy.blocking("documnets", (user) -> AccessDecision.none()))));
		assertThat(analysis.getDescription()).contains("KalamFailureAnalyzerTests", "decides about documnets");
		assertThat(analysis.getAction()).contains("(documents)");
	}

	@Test
	void saysWhichClaimIsMissing() {
		RequiredTable table = new RequiredTable(new TableReference(null, "notes"), null, "app.Note");
		RealtimeEntities entities = new RealtimeEntities(
				List.of(new RealtimeTableDefinition(table, RealtimeTableType.SHARED, Set.of(), "tenant_id")));
		entities.checkTenants("tid");
		FailureAnalysis analysis = analyze(catchThrowable(() -> entities.checkTenants(null)));
		assertThat(analysis.getDescription()).contains("app.Note");
		assertThat(analysis.getAction()).contains("kalam.security.tenant-claim");
	}

	@Test
	void leavesOtherFailuresToOthers() {
		assertThat(this.analyzer.analyze(new IllegalStateException("x", new IllegalArgumentException("y")))).isNull();
	}

	private FailureAnalysis analyze(Throwable failure) {
		FailureAnalysis analysis = this.analyzer.analyze(new IllegalStateException("wrapped", failure));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getCause()).isSameAs(failure);
		return analysis;
	}

}
