package io.kalam.catalog;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.kalam.testing.TestPostgres;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the catalog reader says about tables of a real Postgres.
 */
class CatalogReaderIntegrationTests {

	private static final PostgresSettings SETTINGS = TestPostgres.createDatabase();

	private static final TableName TICKETS = new TableName("app", "tickets");

	private Connection connection;

	private CatalogReader reader;

	@BeforeEach
	void connect() throws SQLException {
		TestPostgres.execute(SETTINGS, "DROP SCHEMA IF EXISTS app CASCADE", "CREATE SCHEMA app");
		this.connection = SETTINGS.connect();
		this.reader = new CatalogReader(this.connection);
	}

	@AfterEach
	void disconnect() throws SQLException {
		this.connection.close();
	}

	@Test
	void readsColumnsAndKey() throws SQLException {
		Table table = table("""
				gone int, b bigint NOT NULL, a varchar(10) COLLATE "C", price numeric(10, 2), PRIMARY KEY (b, a)""");
		TestPostgres.execute(SETTINGS, "ALTER TABLE app.tickets DROP gone");
		Table later = this.reader.read(TICKETS);
		assertThat(table.columns()).extracting(Column::index).containsExactly(0, 1, 2, 3);
		assertThat(later.columns()).extracting(Column::name).containsExactly("b", "a", "price");
		assertThat(later.columns()).extracting(Column::index).containsExactly(0, 1, 2);
		assertThat(later.columns()).extracting(Column::nullable).containsExactly(false, false, true);
		assertThat(later.key()).containsExactly(later.column("b"), later.column("a"));
		assertThat(later.column("b").type())
			.isEqualTo(new ColumnType(20, "int8", "pg_catalog", ColumnType.Kind.BASE, -1, null));
		assertThat(later.column("a").type().modifier()).isEqualTo(14);
		assertThat(later.column("a").collation()).isEqualTo(new Collation("C", true, true, true));
		assertThat(later.column("price").type().modifier()).isEqualTo((10 << 16 | 2) + 4);
		assertThat(later.column("price").collation()).isNull();
		assertThat(later).isNotEqualTo(table).isEqualTo(this.reader.read(TICKETS));
	}

	@Test
	void theKeyKeepsItsOwnOrder() throws SQLException {
		Table table = table("a int, b int, c int, PRIMARY KEY (c, a) INCLUDE (b)");
		assertThat(table.key()).extracting(Column::name).containsExactly("c", "a");
	}

	@Test
	void labelsOfAnEnumComeInTheirOrder() throws SQLException {
		TestPostgres.execute(SETTINGS, "CREATE TYPE app.size AS ENUM ('small', 'large')");
		Table table = table("id int PRIMARY KEY, size app.size, sizes app.size[]");
		assertThat(table.column("size").type().labels()).containsExactly("small", "large");
		TestPostgres.execute(SETTINGS, "ALTER TYPE app.size ADD VALUE 'middle' BEFORE 'large'");
		Table later = this.reader.read(TICKETS);
		assertThat(later.column("size").type().labels()).containsExactly("small", "middle", "large");
		assertThat(later.column("sizes").type().base()).isEqualTo(later.column("size").type());
		assertThat(later).isNotEqualTo(table);
	}

	@Test
	void resolvesTypesThroughDomainsAndArrays() throws SQLException {
		TestPostgres.execute(SETTINGS, "CREATE TYPE app.mood AS ENUM ('ok')", "CREATE TYPE app.pair AS (a int, b text)",
				"CREATE DOMAIN app.short AS varchar(5)", "CREATE DOMAIN app.shorter AS app.short",
				"CREATE DOMAIN app.shorts AS app.shorter[]");
		Table table = table(
				"id int PRIMARY KEY, mood app.mood, moods app.mood[], short app.shorter, shorts app.shorts, "
						+ "pair app.pair, days daterange, spans datemultirange, v int2vector, texts varchar(7)[]");
		assertThat(table.column("mood").type()).extracting(ColumnType::kind, ColumnType::schema, ColumnType::name)
			.containsExactly(ColumnType.Kind.ENUM, "app", "mood");
		assertThat(table.column("moods").type().kind()).isEqualTo(ColumnType.Kind.ARRAY);
		assertThat(table.column("moods").type().base()).isEqualTo(table.column("mood").type());
		ColumnType domain = table.column("short").type();
		assertThat(domain.kind()).isEqualTo(ColumnType.Kind.DOMAIN);
		assertThat(domain.underlying().name()).isEqualTo("varchar");
		assertThat(domain.underlying().modifier()).isEqualTo(9);
		ColumnType domains = table.column("shorts").type();
		assertThat(domains.underlying().kind()).isEqualTo(ColumnType.Kind.ARRAY);
		assertThat(domains.underlying().base()).isEqualTo(domain);
		assertThat(table.column("pair").type().kind()).isEqualTo(ColumnType.Kind.COMPOSITE);
		assertThat(table.column("days").type().kind()).isEqualTo(ColumnType.Kind.RANGE);
		assertThat(table.column("spans").type().kind()).isEqualTo(ColumnType.Kind.MULTIRANGE);
		assertThat(table.column("v").type().kind()).isEqualTo(ColumnType.Kind.BASE);
		assertThat(table.column("texts").type().base().modifier()).isEqualTo(11);
	}

	@Test
	void resolvesCollations() throws SQLException {
		TestPostgres.execute(SETTINGS,
				"CREATE COLLATION app.loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
				"CREATE DOMAIN app.code AS text COLLATE \"POSIX\"");
		Table table = table(
				"id int PRIMARY KEY, plain text, loose text COLLATE app.loose, root text COLLATE \"und-x-icu\", "
						+ "basic text COLLATE ucs_basic, code app.code, texts text[]");
		String collate = TestRows
			.texts(SETTINGS, "SELECT datcollate FROM pg_database WHERE datname = current_database()")
			.get(0);
		String ctype = TestRows.texts(SETTINGS, "SELECT datctype FROM pg_database WHERE datname = current_database()")
			.get(0);
		boolean binary = List.of("C", "POSIX", "C.UTF-8", "C.utf8").contains(collate);
		boolean asciiCase = List.of("C", "POSIX").contains(ctype);
		assertThat(table.column("plain").collation()).isEqualTo(new Collation(collate, true, binary, asciiCase));
		assertThat(table.column("texts").collation()).isEqualTo(table.column("plain").collation());
		assertThat(table.column("loose").collation()).isEqualTo(new Collation("loose", false, false, false));
		assertThat(table.column("root").collation()).isEqualTo(new Collation("und-x-icu", true, false, false));
		assertThat(table.column("basic").collation()).isEqualTo(new Collation("ucs_basic", true, true, true));
		assertThat(table.column("code").collation()).isEqualTo(new Collation("POSIX", true, true, true));
	}

	@Test
	void knowsWhereOnlyLatinLettersHaveACase() throws SQLException {
		Assumptions.assumeThat(TestPostgres.MAJOR).as("has locales of its own").isGreaterThanOrEqualTo(17);
		Table table = table("id int PRIMARY KEY, unicode text COLLATE pg_c_utf8, c text COLLATE \"C\"");
		assertThat(table.column("unicode").collation()).isEqualTo(new Collation("pg_c_utf8", true, true, false));
		assertThat(table.column("c").collation()).isEqualTo(new Collation("C", true, true, true));
		assertThat(builtIn("C")).isEqualTo(new Collation("C", true, true, true));
		assertThat(builtIn("C.UTF-8")).isEqualTo(new Collation("C.UTF-8", true, true, false));
	}

	private static Collation builtIn(String locale) throws SQLException {
		String database = SETTINGS.database() + "_" + locale.replaceAll("\\W", "").toLowerCase(Locale.ROOT);
		TestPostgres.execute(SETTINGS, "CREATE DATABASE " + database
				+ " TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE '" + locale + "' ENCODING 'UTF8'");
		PostgresSettings settings = new PostgresSettings(SETTINGS.host(), SETTINGS.port(), database, SETTINGS.user(),
				SETTINGS.password(), Map.of());
		TestPostgres.execute(settings, "CREATE TABLE t (a text)");
		try (Connection other = settings.connect()) {
			return new CatalogReader(other).read(new TableName("public", "t")).column("a").collation();
		}
	}

	@Test
	void resolvesTheDatabasesOwnCollation() throws SQLException {
		String icu = SETTINGS.database() + "_icu";
		TestPostgres.execute(SETTINGS, "CREATE DATABASE " + icu
				+ " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LOCALE 'C.UTF-8' ENCODING 'UTF8'");
		PostgresSettings settings = new PostgresSettings(SETTINGS.host(), SETTINGS.port(), icu, SETTINGS.user(),
				SETTINGS.password(), Map.of());
		TestPostgres.execute(settings, "CREATE TABLE t (a text)");
		try (Connection other = settings.connect()) {
			Table table = new CatalogReader(other).read(new TableName("public", "t"));
			assertThat(table.column("a").collation()).isEqualTo(new Collation("de-DE", true, false, false));
		}
	}

	@Test
	void leavesOutWhatTheStreamCantCarry() throws SQLException {
		Table table = table("id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED, body text");
		boolean published = Integer.parseInt(TestRows.texts(SETTINGS, "SHOW server_version_num").get(0)) >= 180000;
		assertThat(table.columns()).extracting(Column::name)
			.containsExactly(published ? new String[] { "id", "twice", "body" } : new String[] { "id", "body" });
		assertThat(table.columns()).extracting(Column::generated)
			.containsExactly(published ? new Boolean[] { false, true, false } : new Boolean[] { false, false });
		assertThat(table.column("body").index()).isEqualTo(table.columns().size() - 1);
	}

	@Test
	void findsTablesThroughTheSearchPath() throws SQLException {
		TestPostgres.execute(SETTINGS, "DROP TABLE IF EXISTS public.tickets, public.\"Tickets\"",
				"CREATE TABLE app.tickets ()", "CREATE TABLE public.tickets ()", "CREATE TABLE public.\"Tickets\" ()");
		assertThat(resolve(null, "tickets")).isEqualTo(new TableName("public", "tickets"));
		assertThat(resolve("app", "tickets")).isEqualTo(TICKETS);
		this.connection.createStatement().execute("SET search_path = app, public");
		assertThat(resolve(null, "tickets")).isEqualTo(TICKETS);
		assertThat(resolve(null, "TICKETS")).isEqualTo(TICKETS);
		assertThat(resolve(null, "Tickets")).isEqualTo(new TableName("public", "Tickets"));
		assertThat(resolve("APP", "Tickets")).isEqualTo(TICKETS);
		assertThat(resolve("app", "\"tickets\"")).isNull();
		assertThat(resolve("nowhere", "tickets")).isNull();
		this.connection.createStatement().execute("SET search_path = app");
		assertThat(resolve(null, "Tickets")).isEqualTo(TICKETS);
		TestPostgres.execute(SETTINGS, "DROP TABLE public.tickets, public.\"Tickets\"");
	}

	@Test
	void readsSeveralInTheOrderAskedFor() throws SQLException {
		TestPostgres.execute(SETTINGS, "CREATE TABLE app.b (id int PRIMARY KEY)", "CREATE TABLE app.a ()");
		TableName a = new TableName("app", "a");
		TableName b = new TableName("app", "b");
		Map<TableName, Table> tables = this.reader.read(List.of(b, new TableName("app", "none"), a));
		assertThat(tables.keySet()).containsExactly(b, a);
		assertThat(tables.get(a)).isEqualTo(new Table(a, List.of(), List.of()));
		assertThat(this.reader.read(List.of())).isEmpty();
	}

	@Test
	void readsOneTableWholeThoughAnotherTakesItsPlace() throws SQLException {
		TestPostgres.execute(SETTINGS, "CREATE TABLE app.tickets (id int PRIMARY KEY, body text)");
		Table before = this.reader.read(TICKETS);
		AtomicInteger statements = new AtomicInteger();
		Connection overtaken = (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("prepareStatement") && statements.getAndIncrement() > 0) {
						TestPostgres.execute(SETTINGS, "BEGIN; DROP TABLE app.tickets; CREATE TABLE app.tickets (c"
								+ statements + " int PRIMARY KEY, body text); COMMIT");
					}
					return method.invoke(this.connection, arguments);
				});
		assertThat(new CatalogReader(overtaken).read(TICKETS)).isEqualTo(before);
		assertThat(statements).hasValueGreaterThan(3);
		assertThat(this.reader.read(TICKETS)).isNotEqualTo(before);
	}

	@Test
	void quotesWhatPostgresQuotes() {
		List<String> words = TestRows.texts(SETTINGS, "SELECT word FROM pg_get_keywords()");
		List<String> quoted = TestRows.texts(SETTINGS, "SELECT quote_ident(word) FROM pg_get_keywords()");
		for (int i = 0; i < words.size(); i++) {
			boolean needed = !quoted.get(i).equals(words.get(i));
			assertThat(!Identifiers.sql(words.get(i)).equals(words.get(i)) || !needed).as(words.get(i)).isTrue();
		}
		assertThat(Identifiers.sql("Ab\"c")).isEqualTo("\"Ab\"\"c\"");
		assertThat(Identifiers.sql("a_1")).isEqualTo("a_1");
	}

	private TableName resolve(String schema, String name) throws SQLException {
		return this.reader.resolve(new TableReference(schema, name));
	}

	private Table table(String columns) throws SQLException {
		TestPostgres.execute(SETTINGS, "CREATE TABLE app.tickets (" + columns + ")");
		return this.reader.read(TICKETS);
	}

}
