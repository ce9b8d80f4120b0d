package io.kalam.query;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.CatalogReader;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.TableName;
import io.kalam.change.Row;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.partition.LiveTable;
import io.kalam.testing.TestPostgres;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@code citext} in a database where it can be followed exactly, and in one where not.
 */
class CitextIntegrationTests {

	private static final PostgresSettings DEFAULT = TestPostgres.createDatabase();

	private static final List<String> TEXTS = List.of("a", "A", "b", "B", "", "a ", "A_", "\u00e4", "\u00c4", "\u0130",
			"i", "I", "%", "Z\u0308", "_", "\uD83D\uDE00a");

	private Connection connection;

	@AfterEach
	void close() throws SQLException {
		this.connection.close();
	}

	@Test
	void comparesAsPostgresDoes() throws SQLException {
		LiveTable table = create("'C'");
		List<Row> rows = TEXTS.stream().map((text) -> TestTypes.row(table.rowType(), text, text)).toList();
		int accepted = 0;
		for (String text : TEXTS) {
			for (String operator : List.of("=", "<>", "<", ">=", "LIKE", "ILIKE", "NOT LIKE", "IN ('a', ",
					"= ANY ('{B}') OR c =")) {
				String value = "'" + text + "'" + (operator.startsWith("IN") ? ")" : "");
				RowPredicate predicate = predicate(table, "c " + operator + " " + value);
				List<Boolean> here = rows.stream().map(predicate::test).toList();
				assertThat(select("c " + operator + " " + value)).as("%s %s", operator, value).isEqualTo(here);
				SqlCondition sql = predicate.toSql();
				String own = sql.text();
				for (int i = sql.parameters().size(); i > 0; i--) {
					own = own.replace("($" + i + ")", "('" + sql.parameters().get(i - 1) + "')");
				}
				execute("SET search_path = pg_catalog");
				assertThat(select(own)).as(own).isEqualTo(here);
				execute("RESET search_path");
				accepted++;
			}
		}
		assertThat(accepted).isEqualTo(TEXTS.size() * 9);
		assertThat(predicate(table, "c = c2").toSql().text()).contains("OPERATOR(\"public\".=)");
	}

	@Test
	void isRefusedWhereTheDatabaseKnowsMoreLetters() throws SQLException {
		LiveTable table = create("'C.UTF-8'");
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> predicate(table, "c = 'a'"))
			.withMessageContaining("LC_CTYPE C only");
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> predicate(table, "c LIKE 'a'"))
			.withMessageContaining("LC_CTYPE C only");
		assertThat(predicate(table, "c IS NULL")).isNotNull();
	}

	private LiveTable create(String locale) throws SQLException {
		String database = DEFAULT.database() + "_" + Integer.toHexString(locale.hashCode());
		TestPostgres.execute(DEFAULT,
				"CREATE DATABASE " + database + " TEMPLATE template0 ENCODING 'UTF8' LOCALE " + locale);
		this.connection = new PostgresSettings(DEFAULT.host(), DEFAULT.port(), database, DEFAULT.user(),
				DEFAULT.password(), Map.of())
			.connect();
		execute("CREATE EXTENSION citext");
		execute("CREATE TABLE texts (c citext, c2 citext)");
		for (String text : TEXTS) {
			execute("INSERT INTO texts VALUES ('" + text + "', '" + text + "')");
		}
		RowType type = new Codecs().rowType(new CatalogReader(this.connection).read(new TableName("public", "texts")));
		return TestTypes.liveTable(type);
	}

	private static RowPredicate predicate(LiveTable table, String condition) {
		return new LiveQueryParser(QueryLimits.DEFAULT)
			.parse("SELECT * FROM texts WHERE " + condition, List.of(), "alice", (schema, name) -> table)
			.predicate();
	}

	private List<Boolean> select(String condition) throws SQLException {
		List<Boolean> result = new ArrayList<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement
					.executeQuery("SELECT (" + condition + ") IS TRUE FROM public.texts ORDER BY ctid")) {
			while (rows.next()) {
				result.add(rows.getBoolean(1));
			}
		}
		return result;
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
