package io.kalam.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OwnedObjectsIntegrationTests {

	private final PostgresSettings settings = TestPostgres.createDatabase();

	private final String slot = "owned_" + this.settings.database();

	private final OwnedObjects objects = new OwnedObjects(this.settings, this.slot, "kalam");

	@Test
	void aTableThatIsPublishedAnewHasAnotherRowInThePublication() throws SQLException {
		publish(true);
		String before = value("SELECT oid FROM pg_publication_rel");
		this.objects.republish(new TableName("public", "notes"));
		assertThat(value("SELECT oid FROM pg_publication_rel")).isNotEqualTo(before);
		assertThat(value("SELECT count(*) FROM pg_publication_tables WHERE tablename = 'notes'")).isEqualTo("1");
	}

	@Test
	void aPublicationThatIsNotOursIsLeftToItsOwner() throws SQLException {
		publish(false);
		String before = value("SELECT oid FROM pg_publication_rel");
		assertThatExceptionOfType(StartupCheckException.class)
			.isThrownBy(() -> this.objects.republish(new TableName("public", "notes")))
			.withMessageContaining("ALTER PUBLICATION kalam DROP TABLE public.notes; "
					+ "ALTER PUBLICATION kalam ADD TABLE public.notes;");
		assertThat(value("SELECT oid FROM pg_publication_rel")).isEqualTo(before);
	}

	@Test
	void aTableThatIsNotPublishedIsSaid() {
		publish(true);
		assertThatExceptionOfType(StartupCheckException.class)
			.isThrownBy(() -> this.objects.republish(new TableName("public", "other")))
			.withMessageContaining("ALTER PUBLICATION kalam ADD TABLE public.other;");
	}

	@Test
	void everythingIsRemoved() throws SQLException {
		publish(true);
		record(this.slot);
		createSlot();
		assertThat(this.objects.remove()).containsExactly("The replication slot " + this.slot + " was dropped.",
				"The publication kalam was dropped.", "The schema kalam was dropped.");
		assertThat(slots()).isEqualTo("0");
		assertThat(value("SELECT count(*) FROM pg_publication")).isEqualTo("0");
		assertThat(value("SELECT to_regnamespace('kalam') IS NULL")).isEqualTo("t");
		assertThat(this.objects.remove()).containsExactly("There was no replication slot " + this.slot + ".",
				"There was no schema kalam.");
	}

	@Test
	void whatAnotherApplicationUsesIsLeft() throws SQLException {
		publish(true);
		record(this.slot);
		record("other");
		createSlot();
		assertThat(this.objects.remove()).last().asString().contains("whose slots are: other");
		assertThat(slots()).isEqualTo("0");
		assertThat(value("SELECT count(*) FROM pg_publication")).isEqualTo("1");
		assertThat(value("SELECT slot FROM kalam.identity")).isEqualTo("other");
	}

	@Test
	void aPublicationThatIsNotOursIsLeft() throws SQLException {
		publish(false);
		record(this.slot);
		assertThat(this.objects.remove()).contains("The publication kalam was left: it is not managed by Kalam.");
		assertThat(value("SELECT count(*) FROM pg_publication")).isEqualTo("1");
	}

	private void publish(boolean ours) {
		TestPostgres.execute(this.settings, "CREATE TABLE notes (id bigint PRIMARY KEY)",
				"CREATE PUBLICATION kalam FOR TABLE notes");
		if (ours) {
			TestPostgres.execute(this.settings, PublicationStatements.mark("kalam"));
		}
	}

	private void record(String name) {
		TestPostgres.execute(this.settings, KalamSchema.CREATE_SCHEMA, KalamSchema.CREATE_IDENTITY,
				"INSERT INTO kalam.identity VALUES ('" + name + "', 1, gen_random_uuid(), 1, '0/1', 1, 1, 1)");
	}

	private void createSlot() {
		TestPostgres.execute(this.settings,
				"SELECT pg_create_logical_replication_slot('" + this.slot + "', 'pgoutput')");
	}

	private String slots() throws SQLException {
		return value("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + this.slot + "'");
	}

	private String value(String sql) throws SQLException {
		try (Connection connection = this.settings.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

}
