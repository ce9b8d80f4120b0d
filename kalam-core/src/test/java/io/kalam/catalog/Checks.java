package io.kalam.catalog;

import java.util.List;
import java.util.Map;

import io.kalam.testing.TestPostgres;
import org.jspecify.annotations.Nullable;

/**
 * Runs the start-up checks of one database as the tests want them.
 */
record Checks(PostgresSettings settings, StartupRequirements requirements) {

	static Checks of(PostgresSettings settings, RequiredTable... tables) {
		return new Checks(settings,
				new StartupRequirements("slot_" + settings.database(), "kalam", Manage.CREATE, false, List.of(tables)));
	}

	static RequiredTable table(String name, @Nullable String owner) {
		int dot = name.indexOf('.');
		TableReference reference = (dot >= 0) ? new TableReference(name.substring(0, dot), name.substring(dot + 1))
				: new TableReference(null, name);
		return new RequiredTable(reference, owner, "com.example.Ticket");
	}

	Checks validating() {
		return new Checks(this.settings, new StartupRequirements(this.requirements.slot(),
				this.requirements.publication(), Manage.VALIDATE, false, this.requirements.tables()));
	}

	Checks managingReplicaIdentity() {
		return new Checks(this.settings, new StartupRequirements(this.requirements.slot(),
				this.requirements.publication(), this.requirements.manage(), true, this.requirements.tables()));
	}

	Checks with(RequiredTable... tables) {
		return new Checks(this.settings,
				new StartupRequirements(this.requirements.slot(), this.requirements.publication(),
						this.requirements.manage(), this.requirements.manageReplicaIdentity(), List.of(tables)));
	}

	Checks as(String role, String password) {
		return new Checks(new PostgresSettings(this.settings.host(), this.settings.port(), this.settings.database(),
				role, password, Map.of()), this.requirements);
	}

	CheckedDatabase run() {
		return new StartupChecks(this.settings, this.requirements,
				(type) -> !type.underlying().name().contains("pg_snapshot"))
			.run();
	}

	List<Finding> findings() {
		try {
			run();
			return List.of();
		}
		catch (StartupCheckException ex) {
			return ex.findings();
		}
	}

	void execute(String... statements) {
		TestPostgres.execute(this.settings, statements);
	}

	/**
	 * Takes back all that a test may have made in schema {@code app}.
	 */
	void reset() {
		execute("DROP PUBLICATION IF EXISTS kalam", "DROP SCHEMA IF EXISTS app, kalam CASCADE", "CREATE SCHEMA app", """
				SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
				WHERE database = current_database()""", """
				DO $$ DECLARE role text; BEGIN
					FOR role IN SELECT rolname FROM pg_roles WHERE rolname = 'reader_' || current_database() LOOP
						EXECUTE format('DROP OWNED BY %1$I; DROP ROLE %1$I', role);
					END LOOP;
				END $$""");
	}

	/**
	 * Does what a remedy says first: the SQL before an alternative or a remark.
	 */
	void mend(Finding finding) {
		String sql = finding.remedy().split("; or ", 2)[0];
		int end = sql.lastIndexOf(';');
		execute((end >= 0) ? sql.substring(0, end) : sql);
	}

}
