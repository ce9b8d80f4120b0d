package io.kalam.capture.debezium;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.IntStream;

import io.kalam.catalog.ColumnChoice;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.codec.RowType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A value comes out of the stream as the text that a snapshot selects.
 */
class DebeziumValuesIntegrationTests {

	private static final List<String> VALUES = List.of("bool 'true'", "int2 '-32768'", "int8 '9223372036854775807'",
			"float4 '0.1'", "float4 'NaN'", "float8 '-Infinity'", "float8 '-0'", "float8 '1e300'", "numeric '1.50'",
			"numeric 'NaN'", "numeric 'Infinity'", "numeric(10,2) '1e3'", "numeric '1e-20'", "text ''", "text 'a(b)=c'",
			"varchar(5) 'a'", "bpchar(4) 'a'", "\"char\" 'x'", "name 'n'", "mood 'ok'", "dom 'd'", "domn '1.50'",
			"uuid 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "timestamptz '2026-01-31 12:34:56.123456+02'",
			"timestamptz 'infinity'", "timestamptz '0044-03-15 00:00:00+00 BC'", "timestamptz '20000-01-01 00:00+00'",
			"timestamp '2026-01-31 12:34:56.123456'", "timestamp(3) '2026-01-31 12:34:56.123'", "timestamp '-infinity'",
			"timestamp '294276-01-01'", "date '2026-01-31'", "date 'infinity'", "date '0044-03-15 BC'",
			"date '5874897-12-31'", "time '24:00:00'", "time(2) '12:34:56.12'", "timetz '12:34:56.1+02'",
			"timetz '24:00:00+00'", "json '{\"a\": 1.10}'", "json 'null'",
			"jsonb '{\"n\":123456789012345678901234567890}'", "bytea '\\xdeadbeef'",
			"interval '1 year 2 mons 3 days 04:05:06.78'", "interval '-1 day +00:00:01'", "interval '0'",
			"oid '4294967295'", "xid8 '5'", "inet '1.2.3.4'", "cidr '10.0.0.0/8'", "macaddr '08:00:2b:01:02:03'",
			"xml '<a/>'", "tsvector 'a b'", "tsquery 'a & b'", "money '12.34'", "bit(3) '101'", "varbit(9) '10101'",
			"pg_lsn '16/B374D848'", "int4range '[1,5)'", "tstzrange '[2026-01-01 00:00+00,2026-01-02 00:00+00)'",
			"int4multirange '{[1,2)}'", "point '(1,2)'", "box '(1,2),(3,4)'", "circle '<(1,2),3>'", "comp '(1,a)'",
			"int4[] '{1,NULL,3}'", "int4[] '{{1,2},{3,4}}'", "int4[] '[2:3]={1,2}'", "text[] '{a,NULL,\"b,c\",\"\"}'",
			"bpchar(3)[] '{a}'", "float4[] '{0.1,NaN}'", "numeric[] '{1.50,NaN}'", "numeric(5,2)[] '{1.50}'",
			"timestamptz[] '{2026-01-31 12:34:56.123456+02,infinity}'", "date[] '{infinity}'",
			"jsonb[] '{\"{\\\"a\\\": 1}\"}'", "bytea[] '{\"\\\\xdead\"}'", "interval[] '{1 day}'", "mood[] '{ok}'",
			"name[] '{n}'", "money[] '{1.5}'", "dom[] '{d}'", "comp[] '{\"(1,a)\"}'", "point[] '{\"(1,2)\"}'");

	@Test
	void aValueIsTheTextThatASnapshotSelects() {
		List<String> columns = columns();
		String list = String.join(", ", columns);
		String values = String.join(", ", VALUES.stream().map(DebeziumValuesIntegrationTests::literal).toList());
		try (CaptureFixture fixture = new CaptureFixture("CREATE TYPE mood AS ENUM ('ok')", "CREATE DOMAIN dom AS text",
				"CREATE DOMAIN domn AS numeric(10,2)", "CREATE TYPE comp AS (a int, b text)",
				"CREATE TABLE forms (id int PRIMARY KEY, " + list + ", last text DEFAULT 'not null')",
				"ALTER TABLE forms REPLICA IDENTITY FULL")) {
			fixture.know("forms");
			Recorder recorder = fixture.start();
			fixture.execute("INSERT INTO forms VALUES (1, " + values + ", NULL)");
			Row row = ((Change.Insert) recorder.awaitChanges().get(0)).row();
			assertThat(row.type().name()).isEqualTo(new TableName("public", "forms"));
			assertThat(row.get(0)).isEqualTo("1");
			for (int i = 0; i < VALUES.size(); i++) {
				String selected = fixture.query("SELECT format('%s', c" + i + ") FROM forms");
				assertThat(row.get(i + 1)).as(VALUES.get(i)).isEqualTo(selected);
			}
			assertThat(row.get(VALUES.size() + 1)).isNull();
		}
	}

	/**
	 * JDBC's driver gives the server this JVM's zone, and leaves some other settings to
	 * it.
	 */
	@Test
	void whatTheDatabaseAndTheJvmPreferChangesNothing() {
		TimeZone zone = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
		try (CaptureFixture fixture = new CaptureFixture(prefer("DateStyle", "German"),
				prefer("IntervalStyle", "sql_standard"), prefer("extra_float_digits", "-3"),
				prefer("bytea_output", "escape"), prefer("search_path", "public"),
				"CREATE TABLE printed (id int PRIMARY KEY, zoned timestamptz, day date, span interval, "
						+ "real float8, bytes bytea, relation regclass)",
				"ALTER TABLE printed REPLICA IDENTITY FULL")) {
			fixture.know("printed");
			Recorder recorder = fixture.start();
			fixture.execute("INSERT INTO printed VALUES (1, '2026-01-31 12:00:00+00', '2026-01-31', '1 day 2 hours', "
					+ "0.1::float8 + 0.2::float8, '\\x00ff', 'public.printed')");
			Row row = ((Change.Insert) recorder.awaitChanges().get(0)).row();
			assertThat(IntStream.range(1, 7).mapToObj(row::get)).containsExactly("2026-01-31 12:00:00+00", "2026-01-31",
					"P1DT2H", "0.30000000000000004", "\\x00ff", "public.printed");
		}
		finally {
			TimeZone.setDefault(zone);
		}
	}

	private static String prefer(String setting, String value) {
		return "DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET " + setting + " = %L', current_database(), '" + value
				+ "'); END$$";
	}

	@Test
	void largeValuesThatWereNotChangedAreThoseOfTheOldRow() {
		try (CaptureFixture fixture = new CaptureFixture(
				"CREATE TABLE large (id int PRIMARY KEY, t text, b bytea, " + "n numeric, a text[], j jsonb, i int)",
				"ALTER TABLE large REPLICA IDENTITY FULL")) {
			for (String column : List.of("t", "b", "n", "a", "j")) {
				fixture.execute("ALTER TABLE large ALTER " + column + " SET STORAGE EXTERNAL");
			}
			fixture.know("large");
			Recorder recorder = fixture.start();
			fixture.execute("INSERT INTO large SELECT 1, repeat('t', 10000), convert_to(repeat('b', 10000), 'UTF8'), "
					+ "('1' || repeat('7', 20000))::numeric, ARRAY[repeat('a', 10000)], "
					+ "jsonb_build_object('k', repeat('j', 10000)), 1");
			Row inserted = ((Change.Insert) recorder.awaitChanges().get(0)).row();
			fixture.execute("UPDATE large SET i = 2");
			Change.Update update = (Change.Update) recorder.awaitChanges().get(0);
			for (int i = 0; i < 6; i++) {
				assertThat((String) Objects.requireNonNull(update.after().get(i))).isEqualTo(inserted.get(i));
				assertThat(update.before().get(i)).isEqualTo(inserted.get(i));
			}
			assertThat(update.after().get(6)).isEqualTo("2");
			fixture.execute("UPDATE large SET t = repeat('u', 10000), id = 2");
			List<Change> changes = recorder.awaitChanges();
			assertThat(((Change.Delete) changes.get(0)).before().get(1)).isEqualTo(inserted.get(1));
			assertThat(((Change.Insert) changes.get(1)).row().get(1)).isEqualTo("u".repeat(10000));
			assertThat(((Change.Insert) changes.get(1)).row().get(2)).isEqualTo(inserted.get(2));
		}
	}

	@Test
	void hiddenColumnsAreNotCaptured() {
		try (CaptureFixture fixture = new CaptureFixture(
				"CREATE TABLE people (secret text, id int PRIMARY KEY, name text, photo bytea)",
				"ALTER TABLE people ALTER secret SET STORAGE EXTERNAL, REPLICA IDENTITY FULL")) {
			fixture.know("people");
			TableName name = new TableName("public", "people");
			ColumnChoice choice = new ColumnChoice.Except(Set.of("secret", "photo"));
			fixture.types = Map.of(name, showing(fixture.types.get(name), choice));
			Recorder recorder = fixture.start();
			fixture.execute("INSERT INTO people VALUES (repeat('s', 10000), 1, 'a', '\\x00')");
			assertThat(recorder.awaitChanges()).singleElement()
				.satisfies((change) -> assertHolds(((Change.Insert) change).row(), "1", "a"));
			fixture.execute("UPDATE people SET secret = 'x' || secret, photo = NULL", "UPDATE people SET name = 'b'");
			assertThat(recorder.awaitChanges()).as("what changed hidden columns only is left out")
				.singleElement()
				.satisfies((change) -> {
					assertHolds(((Change.Update) change).before(), "1", "a");
					assertHolds(((Change.Update) change).after(), "1", "b");
				});
			fixture.execute("UPDATE people SET id = 2, secret = NULL");
			List<Change> moved = recorder.awaitChanges();
			assertHolds(((Change.Delete) moved.get(0)).before(), "1", "b");
			assertHolds(((Change.Insert) moved.get(1)).row(), "2", "b");
		}
	}

	private static RowType showing(RowType type, ColumnChoice choice) {
		Table shown = type.table().showing(choice);
		return new RowType(shown, type.codecs().subList(0, shown.columns().size()), choice);
	}

	private static void assertHolds(Row row, String id, String name) {
		assertThat(row.type().table().columns()).extracting("name").containsExactly("id", "name");
		assertThat(row.get(0)).isEqualTo(id);
		assertThat(row.get(1)).isEqualTo(name);
	}

	private static List<String> columns() {
		return new ArrayList<>(IntStream.range(0, VALUES.size())
			.mapToObj((i) -> "c" + i + " " + VALUES.get(i).substring(0, VALUES.get(i).indexOf(" '")))
			.toList());
	}

	private static String literal(String value) {
		int type = value.indexOf(" '");
		return value.substring(type + 1) + "::" + value.substring(0, type);
	}

}
