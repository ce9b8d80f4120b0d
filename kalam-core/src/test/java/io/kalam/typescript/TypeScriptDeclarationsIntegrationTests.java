package io.kalam.typescript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.TableReference;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.partition.RealtimeTables;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is declared of tables in a real Postgres, with a column of every type that has a
 * codec. The tests of kalam-client compile the same file.
 * {@code -Dkalam.types.write=true} writes it anew.
 */
class TypeScriptDeclarationsIntegrationTests {

	private static final Path GOLDEN = Path.of("kalam-client/src/test/types/tables/kalam-tables.d.ts");

	private static TestEngine engine;

	@BeforeAll
	static void start() {
		PostgresSettings database = TestPostgres.createDatabase();
		TestPostgres.execute(database, "CREATE EXTENSION citext", "CREATE EXTENSION ltree", "CREATE SCHEMA desk",
				"CREATE TYPE status AS ENUM ('open', 'in progress', 'it''s \"done\"')", "CREATE DOMAIN email AS citext",
				"CREATE DOMAIN flags AS status[]", "CREATE TYPE place AS (street text, number int)");
		TestPostgres.execute(database,
				"CREATE TABLE tickets (id bigint PRIMARY KEY, title text NOT NULL, status status NOT NULL, "
						+ "history status[], opened_at timestamptz NOT NULL, assignee_id text)",
				"CREATE TABLE desk.tickets (room int, \"no\" int, PRIMARY KEY (\"no\", room))",
				"CREATE TABLE desk.\"Odd */ name\" (\"the key\" uuid PRIMARY KEY, \"ünï\" int, \"a\"\"b\" int)",
				"CREATE TABLE desk.messages (id int PRIMARY KEY, gone int)", "ALTER TABLE desk.messages DROP gone",
				everyType());
		engine = new TestEngine(database, shared("public", "tickets", "com.example.Ticket"),
				shared("desk", "tickets", "com.example.old.Ticket"),
				shared("desk", "Odd */ name", "com.example.Odd$string"),
				shared("desk", "messages", "com.example.Chat$Message"),
				shared("public", "every_type", "com.example.EveryType"));
		engine.start();
	}

	@AfterAll
	static void close() {
		engine.close();
	}

	private static String everyType() {
		return """
				CREATE TABLE every_type (id uuid PRIMARY KEY, c_bool bool NOT NULL, c_int2 int2 NOT NULL, c_int4 int4 NOT NULL,
					c_int8 int8 NOT NULL, c_oid oid, c_float4 float4, c_float8 float8 NOT NULL, c_numeric numeric(10, 2),
					c_text text, c_varchar varchar(9), c_bpchar char(9), c_name name, c_char "char", c_citext citext,
					c_enum status, c_email email, c_inet inet, c_cidr cidr, c_macaddr macaddr,
					c_macaddr8 macaddr8, c_money money, c_xml xml, c_bit bit(3), c_varbit varbit, c_tsvector tsvector,
					c_tsquery tsquery, c_pg_lsn pg_lsn, c_xid8 xid8, c_jsonpath jsonpath, c_point point, c_line line,
					c_lseg lseg, c_box box, c_path path, c_polygon polygon, c_circle circle, c_ltree ltree,
					c_range tstzrange, c_multirange int4multirange, c_composite place, c_bytea bytea, c_json json,
					c_jsonb jsonb NOT NULL, c_date date, c_time time, c_timetz timetz, c_timestamp timestamp,
					c_timestamptz timestamptz, c_interval interval, c_int4s int4[] NOT NULL, c_int8ss int8[][],
					c_float8s float8[], c_jsons json[], c_flags flags)""";
	}

	private static RealtimeTableDefinition shared(String schema, String table, String origin) {
		return new RealtimeTableDefinition(new RequiredTable(new TableReference(schema, table), null, origin),
				RealtimeTableType.SHARED, Set.of());
	}

	@Test
	void declaresEveryType() throws IOException {
		String written = new TypeScriptDeclarations(engine.tables()).write();
		Path golden = root().resolve(GOLDEN);
		if (Boolean.getBoolean("kalam.types.write")) {
			Files.writeString(golden, written);
		}
		assertThat(written).isEqualTo(Files.readString(golden));
	}

	@Test
	void theSameTablesAreTheSameBytes() {
		TypeScriptDeclarations declarations = new TypeScriptDeclarations(engine.tables());
		RealtimeTables again = new RealtimeTables();
		again.replace(engine.tables().all());
		assertThat(new TypeScriptDeclarations(again).write()).isEqualTo(declarations.write());
	}

	@Test
	void noTableIsAModuleToo() {
		RealtimeTables none = new RealtimeTables();
		assertThatIllegalStateException().isThrownBy(new TypeScriptDeclarations(none)::write);
		none.replace(Set.of());
		assertThat(new TypeScriptDeclarations(none).write()).contains("interface KalamTables {\n\t}")
			.endsWith("export {};\n");
	}

	private static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("mvnw"))) {
			directory = directory.getParent();
		}
		return directory;
	}

}
