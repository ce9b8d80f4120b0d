package io.kalam.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.kalam.catalog.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LiveQueryParserTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "* | ALL", "id, title | id,title", "title, title, id | title,id", "title | title,id",
					"_seq, title, _seq | title,id", "_seq | id", "Title, \"order\" | title,order,id",
					"t.title, t.id | title,id", "t.* | ALL", "title, * | ALL", "größe | größe,id" })
	void projects(String columns, String expected) {
		String sql = "SELECT " + columns + " FROM app.tickets AS t";
		Projection projection = QueryFixture.parse(sql).projection();
		List<String> names = projection.columns().stream().map(Column::name).toList();
		if (expected.equals("ALL")) {
			assertThat(names).hasSize(QueryFixture.rowType().table().columns().size()).doesNotHaveDuplicates();
		}
		else {
			assertThat(String.join(",", names)).isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "id = 5 | (\"id\" = ($1)::\"pg_catalog\".\"int8\") | 5",
			"5 < id | (\"id\" > ($1)::\"pg_catalog\".\"int8\") | 5",
			"id <> -5 | (\"id\" <> ($1)::\"pg_catalog\".\"int8\") | -5",
			"id<-5 | (\"id\" < ($1)::\"pg_catalog\".\"int8\") | -5",
			"id != + 5 | (\"id\" <> ($1)::\"pg_catalog\".\"int8\") | 5",
			"size < 1.5 | (\"size\" <= ($1)::\"pg_catalog\".\"int4\") | 1",
			"size >= -1.5 | (\"size\" > ($1)::\"pg_catalog\".\"int4\") | -2",
			"size = 1.0 | (\"size\" = ($1)::\"pg_catalog\".\"int4\") | 1",
			"size = 1.5 | (\"size\" IS NULL AND NULL::\"pg_catalog\".\"bool\") | ",
			"size < 1e30 | (\"size\" IS NOT NULL OR NULL::\"pg_catalog\".\"bool\") | ",
			"priority < 40000 | (\"priority\" < ($1)::\"pg_catalog\".\"int8\") | 40000",
			"ratio = 0.5 | (\"ratio\" = ($1)::\"pg_catalog\".\"float4\") | 0.5",
			"ratio = 0.1 | (\"ratio\" IS NULL AND NULL::\"pg_catalog\".\"bool\") | ",
			"ratio = '0.1' | (\"ratio\" = ($1)::\"pg_catalog\".\"float4\") | 0.1",
			"price = 1.50 | (\"price\" = ($1)::\"pg_catalog\".\"numeric\") | 1.50",
			"title = 'it''s \\ \"x\"' | (\"title\" = ($1)::\"pg_catalog\".\"text\") | it's \\ \"x\"",
			"status = 'open' | (\"status\"::\"pg_catalog\".\"text\" = ($1)::\"pg_catalog\".\"text\") | open",
			"created > '2026-01-31T12:00:00Z' | (\"created\" > ($1)::\"pg_catalog\".\"timestamptz\") | 2026-01-31 12:00:00+00",
			"done | \"done\" | ", "not done | (NOT \"done\") | ",
			"(id = 1) IS UNKNOWN | ((\"id\" = ($1)::\"pg_catalog\".\"int8\") IS UNKNOWN) | 1",
			"done IS NOT TRUE | (NOT (\"done\" IS TRUE)) | ",

			"unknown IS UNKNOWN | (\"unknown\" IS UNKNOWN) | ", "data IS NULL | (\"data\" IS NULL) | ",
			"data IS NOT NULL | (NOT (\"data\" IS NULL)) | ", "TRUE | TRUE | ",
			"NULL | NULL::\"pg_catalog\".\"bool\" | ", "id = NULL | NULL::\"pg_catalog\".\"bool\" | ",
			"code IN ('b', 'a\"\\', 'b', NULL) | (\"code\" = ANY (($1)::\"pg_catalog\".\"text\"[])) | {\"a\\\"\\\\\",\"b\",NULL}",
			"size NOT IN (1, 2.5) | (NOT (\"size\" = ANY (($1)::\"pg_catalog\".\"int4\"[]))) | {\"1\"}",
			"size IN (1, 3000000000) | (\"size\" = ANY (($1)::\"pg_catalog\".\"int8\"[])) | {\"1\",\"3000000000\"}",
			"code BETWEEN 'a' AND 'b' | ((\"code\" >= ($1)::\"pg_catalog\".\"text\") AND (\"code\" <= ($2)::\"pg_catalog\".\"text\")) | a,b",
			"id = 1 OR id = 2 AND NOT id = 3 | ((\"id\" = ($1)::\"pg_catalog\".\"int8\") OR ((\"id\" = ($2)::\"pg_catalog\".\"int8\") AND (NOT (\"id\" = ($3)::\"pg_catalog\".\"int8\")))) | 1,2,3",
			"size IN (1) AND NOT id IN (2, 3) OR done | (((\"size\" = ($1)::\"pg_catalog\".\"int4\") AND (NOT (\"id\" = ANY (($2)::\"pg_catalog\".\"int8\"[])))) OR \"done\") | 1,{\"2\",\"3\"}",
			"id = 1 OR size NOT IN (1, 2) AND done | ((\"id\" = ($1)::\"pg_catalog\".\"int8\") OR ((NOT (\"size\" = ANY (($2)::\"pg_catalog\".\"int4\"[]))) AND \"done\")) | 1,{\"1\",\"2\"}",
			"size = priority | (\"size\" = \"priority\") | ",
			"title LIKE 'a_%' | (\"title\" LIKE ($1)::\"pg_catalog\".\"text\") | a_%",
			"title NOT LIKE '50!%\\' ESCAPE '!' | (NOT (\"title\" LIKE ($1)::\"pg_catalog\".\"text\")) | 50\\%\\\\",
			"code ILIKE 'aBÄ%' | (\"code\" ILIKE ($1)::\"pg_catalog\".\"text\") | abÄ%",
			"title LIKE NULL | NULL::\"pg_catalog\".\"bool\" | ",
			"id IS DISTINCT FROM 1 | (NOT ((\"id\" = ($1)::\"pg_catalog\".\"int8\") IS TRUE)) | 1",
			"id IS DISTINCT FROM NULL | (NOT ((NULL::\"pg_catalog\".\"bool\" IS TRUE) OR ((\"id\" IS NULL) AND TRUE))) | ",
			"title = CURRENT_USER | (\"title\" = ($1)::\"pg_catalog\".\"text\") | alice",
			"((id)) = ((5)) | (\"id\" = ($1)::\"pg_catalog\".\"int8\") | 5",
			"\"Weird \"\"Name\"\"\" = 5 | (\"Weird \"\"Name\"\"\" = ($1)::\"pg_catalog\".\"int4\") | 5",
			"\"order\" = 5; | (\"order\" = ($1)::\"pg_catalog\".\"int4\") | 5" })
	void generatesSqlOfItsOwn(String condition, String sql, String parameters) {
		SqlCondition generated = QueryFixture.where(condition).toSql();
		assertThat(generated.text()).isEqualTo(sql);
		assertThat(String.join(",", generated.parameters())).isEqualTo((parameters != null) ? parameters : "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "SELECT * FROM tickets JOIN b ON 1 = 1 | Joins | 23",
			"SELECT * FROM tickets, b | Joins | 0", "SELECT * FROM (SELECT * FROM tickets) x | Subqueries | 16",
			"SELECT * FROM tickets WHERE id IN (SELECT 1) | Subqueries | 36",
			"SELECT count(*) FROM tickets | Functions are not supported (count) | 8",
			"SELECT * FROM tickets WHERE lower(title) = 'a' | Functions | 29",
			"SELECT * FROM tickets WHERE pg_catalog.\"lower\"(title) = 'a' | Functions | 40",
			"SELECT * FROM tickets WHERE id = '5'::int | Casts | 37",
			"SELECT * FROM tickets WHERE id = CAST('5' AS int) | Casts | 34",
			"SELECT * FROM tickets WHERE due = date '2026-01-01' | Casts | 35",
			"SELECT * FROM tickets ORDER BY id | ORDER BY | 23", "SELECT * FROM tickets LIMIT 5 | LIMIT | 23",
			"SELECT DISTINCT id FROM tickets | DISTINCT | 8", "SELECT id FROM tickets GROUP BY id | Grouping | 24",
			"SELECT * FROM tickets; DROP TABLE tickets | Several statements | 22",
			"SELECT * FROM tickets -- x | Comments | 23", "SELECT /* x */ * FROM tickets | Comments | 8",
			"SELECT * FROM tickets WHERE size + 1 = 2 | Arithmetic | 34",
			"SELECT * FROM tickets WHERE size / 1 = 2 | The operator / | 34",
			"SELECT * FROM tickets WHERE data -> 'a' = 'b' | The operator -> | 34",
			"SELECT * FROM tickets WHERE data @> '{}' | The operator @> | 34",
			"SELECT * FROM tickets WHERE tags[1] = 'a' | Arrays | 33",
			"SELECT * FROM tickets WHERE (id, size) = (1, 2) | Rows of values | 29",
			"SELECT * FROM tickets WHERE (id, size) IN ((1, 2)) | Rows of values | 29",
			"SELECT id AS x FROM tickets | Column aliases | 14",
			"SELECT 1 FROM tickets | Expressions in the column list | 0",
			"SELECT * FROM tickets WHERE 1 = 1 | needs a column | 29",
			"SELECT * FROM tickets WHERE title < 'a' | give the column COLLATE \"C\" | 29",
			"SELECT * FROM tickets WHERE title BETWEEN 'a' AND 'b' | COLLATE \"C\" | 29",
			"SELECT * FROM tickets WHERE nick = 'a' | nondeterministic | 29",
			"SELECT * FROM tickets WHERE status < 'open' | has no order | 29",
			"SELECT * FROM tickets WHERE data = '{}' | only IS NULL | 29",
			"SELECT * FROM tickets WHERE tags = '{}' | only IS NULL | 29",
			"SELECT * FROM tickets WHERE title = code | same type and collation | 29",
			"SELECT * FROM tickets WHERE id = score | same type and collation | 29",
			"SELECT * FROM tickets WHERE id IN (size, 1) | Columns in a list | 36",
			"SELECT * FROM tickets WHERE (id = 1) = done | tested with IS TRUE | 29",
			"SELECT * FROM tickets WHERE user = 'alice' | Values of the session | 29",
			"SELECT * FROM tickets WHERE order = 1 | double quotes | 29",
			"SELECT * FROM tickets WHERE title = E'a' | prefix | 37",
			"SELECT * FROM tickets WHERE title = U&'a' | prefix | 37",
			"SELECT * FROM tickets WHERE title = $$a$$ | dollar signs | 37",
			"SELECT * FROM tickets WHERE -size = 1 | A sign may stand | 29",
			"SELECT * FROM a.b.tickets | with its schema | 15", "SELECT * FROM tickets FOR UPDATE | Row locks | 23",
			"SELECT * FROM tickets UNION SELECT * FROM tickets | UNION | 23",
			"SELECT * INTO x FROM tickets | SELECT INTO | 10", "SELECT * FROM ONLY tickets | ONLY | 15",
			"SELECT CASE WHEN done THEN 1 END FROM tickets | CASE | 8",
			"SELECT * FROM tickets WHERE id = 'x' | Postgres prints it | 34",
			"SELECT * FROM tickets WHERE size = '3000000000' | not a value of type int4 | 36",
			"SELECT * FROM tickets WHERE created > 'yesterday' | 2026-01-31T12:34:56.123456Z | 39",
			"SELECT * FROM tickets WHERE title = 'a\u0000' | not a value of type text | 37",
			"SELECT * FROM tickets WHERE 'true' | write TRUE or FALSE | 29",
			"SELECT * FROM tickets WHERE id = 0x10 | Numbers are written | 34",
			"SELECT * FROM tickets WHERE id = 1_000 | Numbers are written | 34",
			"SELECT * FROM tickets WHERE (tickets).id = 1 | without parentheses | 38",
			"SELECT * FROM tickets WHERE tickets.* IS NULL | Whole rows | 29",
			"SELECT * FROM tickets t WHERE t IS NULL | Whole rows | 31",
			"SELECT * FROM tickets WHERE xmin = '5' | system columns | 29",
			"SELECT * FROM tickets WHERE created AT LOCAL = '2026-01-01' | AT TIME ZONE | 37",
			"SELECT * FROM tickets WHERE title IS NFC NORMALIZED | IS is followed by | 38",
			"SELECT * FROM tickets WHERE done = NOT done | tested with IS TRUE | 36",
			"SELECT * FROM tickets WHERE done IS NULL = done | tested with IS TRUE | 29",
			"SELECT * FROM tickets WHERE done IN (id = 1) | tested with IS TRUE | 38",
			"SELECT * FROM tickets WHERE done IN (TRUE) IN (TRUE) | tested with IS TRUE | 29",
			"SELECT * FROM tickets WHERE done BETWEEN id = 1 AND TRUE | tested with IS TRUE | 42",
			"SELECT * FROM tickets WHERE id LIKE '5' | need a column of type text | 29",
			"SELECT * FROM tickets WHERE title ILIKE 'a' | use LIKE | 29",
			"SELECT * FROM tickets WHERE nick LIKE 'a' | nondeterministic | 29",
			"SELECT * FROM tickets WHERE title LIKE code | not a column | 40",
			"SELECT * FROM tickets WHERE 'a' LIKE title | a column on their left | 29",
			"SELECT * FROM tickets WHERE title LIKE 'a\\' | write that twice | 40",
			"SELECT * FROM tickets WHERE title LIKE ANY ('{a}') | ANY is supported behind | 40",
			"SELECT * FROM tickets WHERE id <> ANY ('{1}') | ANY is supported behind | 35",
			"SELECT * FROM tickets WHERE id = ALL ('{1}') | ALL is not supported | 34",
			"SELECT * FROM tickets WHERE id = ANY ('{1}') | pass an array | 39",
			"SELECT * FROM tickets WHERE data IS DISTINCT FROM '{}' | only IS NULL | 29",
			"SELECT * FROM tickets WHERE title SIMILAR TO 'a' | write LIKE | 35",
			"SELECT * FROM tickets WHERE U&\"id\" = 1 | prefix | 29",
			"SELECT current_user FROM tickets | stands behind WHERE | 8",
			"SELECT * FROM tickets WHERE session_user = 'a' | CURRENT_USER | 29" })
	void refusesByName(String sql, String message, int position) {
		QueryException refusal = assertRefused(sql, QueryException.Code.UNSUPPORTED, message);
		assertThat(refusal.position()).isEqualTo(position);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "`` | SELECT columns FROM", "x | SELECT columns FROM",
			"DELETE FROM tickets | SELECT columns FROM", "SELECT | Syntax error", "SELECT * FROM | Syntax error",
			"SELECT * tickets | SELECT columns FROM", "SELECT (id) FROM tickets | the condition only (character 8)",
			"SELECT * FROM (tickets) | Syntax error", "SELECT FROM tickets | Syntax error",
			"SELECT * FROM tickets WHERE | too early", "SELECT * FROM tickets WHERE id = | too early",
			"SELECT * FROM tickets WHERE IN AND NULL | or a parameter is expected (character 29)",
			"SELECT in FROM tickets | double quotes", "SELECT between FROM tickets | Syntax error",
			"SELECT * FROM tickets AS in | Syntax error",
			"SELECT * FROM tickets WHERE id = = 5 | Syntax error at or behind =",
			"SELECT * FROM tickets WHERE title LIKE 5 | A pattern is a string",
			"SELECT * FROM tickets WHERE title LIKE 'a' ESCAPE 'xy' | one character",
			"SELECT * FROM tickets WHERE title LIKE 'a' LIKE 'b' | in parentheses",
			"SELECT * FROM tickets WHERE id IS DISTINCT FROM 1 IS TRUE | in parentheses",
			"SELECT * FROM tickets WHERE id IS DISTINCT 1 | FROM is expected",
			"SELECT * FROM tickets WHERE done = done = done | in parentheses (character 41)",
			"SELECT * FROM tickets WHERE id BETWEEN 1 AND 2 IN (TRUE) | in parentheses (character 48)",
			"SELECT * FROM tickets WHERE id IS 5 | IS is followed by",
			"SELECT * FROM tickets WHERE id IS | TRUE, FALSE or UNKNOWN is missing (character 34)",
			"SELECT * FROM tickets WHERE (id = 5 | not closed (character 29)",
			"SELECT * FROM tickets WHERE id = 5) | Syntax error at or behind )",
			"SELECT * FROM tickets WHERE id = 5 6 | Syntax error at or behind 6",
			"SELECT * FROM tickets WHERE title = 'a' 'b' | 'b'",
			"SELECT * FROM tickets WHERE id = 'a | not closed (character 34)",
			"SELECT * FROM tickets WHERE \"id = 5 | not closed",
			"SELECT * FROM tickets WHERE \"\" = 5 | must not be empty",
			"SELECT * FROM tickets WHERE nope = 5 | app.tickets has no column nope (character 29)",
			"SELECT nope FROM tickets | has no column nope", "SELECT GRÖßE FROM tickets | no column grÖße",
			"SELECT * FROM tickets WHERE ID = 5 AND \"ID\" = 5 | \"ID\"",
			"SELECT * FROM tickets t WHERE tickets.id = 5 | does not read from tickets",
			"SELECT * FROM tickets WHERE other.id = 5 | does not read from other",
			"SELECT * FROM tickets WHERE _seq = 5 | no column _seq",
			"SELECT * FROM tickets WHERE title = 5 | write the value as a string",
			"SELECT * FROM tickets WHERE due = 5 | write the value as a string",
			"SELECT * FROM tickets WHERE id = TRUE | compared with a boolean",
			"SELECT * FROM tickets WHERE score = 1e400 | range",
			"SELECT * FROM tickets WHERE price = 1e999999 | out of range",
			"SELECT * FROM tickets WHERE id | not of type bool",
			"SELECT * FROM tickets WHERE id = $1 | There is no value for $1; params has 0",
			"SELECT * FROM tickets WHERE id = $0 | no value for $0",
			"SELECT * FROM tickets WHERE id = $99999999999 | no value",
			"SELECT * FROM tickets WHERE id = $ | written $1", "SELECT * FROM tickets WHERE id = ?1 | The operator ?",
			"SELECT * FROM tickets WHERE {} | Unexpected" })
	void refusesWhatIsNoQuery(String sql, String message) {
		QueryException.Code code = message.equals("The operator ?") ? QueryException.Code.UNSUPPORTED
				: QueryException.Code.INVALID_SQL;
		assertRefused(sql, code, message);
	}

	@ParameterizedTest
	@CsvSource({ "nope", "other.tickets", "\"Tickets\"" })
	void tableThatIsNotThereIsNotFound(String table) {
		assertRefused("SELECT * FROM " + table, QueryException.Code.NOT_FOUND, "There is no table");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "done OR id = 1 AND size = 2 | done OR ((id = 1) AND (size = 2))",
					"NOT done AND id = 1 | (NOT done) AND (id = 1)", "NOT id = 1 OR done | (NOT (id = 1)) OR done",
					"NOT NOT done IS NULL | NOT (NOT (done IS NULL))", "id = 1 IS TRUE | (id = 1) IS TRUE",
					"id IN (1, 2) AND done OR size = 1 | ((id IN (1, 2)) AND done) OR (size = 1)",
					"id NOT IN (1, 2) OR done | (NOT (id IN (1, 2))) OR done", "id IN (1) OR done | id = 1 OR done",
					"id BETWEEN 1 AND 2 AND done | (id >= 1 AND id <= 2) AND done",
					"id NOT BETWEEN 1 AND 2 OR done | (NOT (id BETWEEN 1 AND 2)) OR done",
					"id = 1 IS NOT UNKNOWN | NOT ((id = 1) IS UNKNOWN)", "(id = 1) IS NULL | (id = 1) IS UNKNOWN",
					"done = TRUE IS FALSE AND done | ((done = TRUE) IS FALSE) AND done" })
	void bindsOperatorsAsStronglyAsPostgres(String condition, String parenthesized) {
		assertThat(QueryFixture.where(condition)).isEqualTo(QueryFixture.where(parenthesized));
	}

	@Test
	void numbersKeepTheirDigits() {
		assertThat(parameters("price = $1", new BigDecimal("12345678901234567890.123")))
			.containsExactly("12345678901234567890.123");
		assertThat(QueryFixture.where("price = $1", new BigDecimal("0.1")))
			.isEqualTo(QueryFixture.where("price = 0.1"));
	}

	@Test
	void readsArrays() {
		assertThat(QueryFixture.where("id = ANY ($1)", List.of(1, 2))).isEqualTo(QueryFixture.where("id IN (2, 1)"));
		assertThat(QueryFixture.where("id = SOME ($1)", List.of())).isEqualTo(QueryFixture.where("FALSE"));
		assertThat(QueryFixture.where("id = ANY ($1)", (Object) null)).isEqualTo(QueryFixture.where("NULL"));
		assertThat(parameters("title = ANY ($1)", Arrays.asList("a", null, "b"))).containsExactly("{\"a\",\"b\",NULL}");
		assertRefused("SELECT * FROM tickets WHERE id = ANY ($1)", QueryException.Code.INVALID_SQL, "an array", "1");
		assertRefused("SELECT * FROM tickets WHERE id = ANY ($1)", QueryException.Code.INVALID_SQL, "must be a string",
				List.of(List.of(1)));
		assertRefused("SELECT * FROM tickets WHERE id = ANY ($1)", QueryException.Code.UNSUPPORTED, "1024 values",
				Collections.nCopies(1025, 1));
	}

	@ParameterizedTest
	@CsvSource({ "xx, 31", "x, 31", "'', 31" })
	void identifiersAreCutLikePostgresCutsThem(String start, int kept) {
		String name = start + "é".repeat(40);
		String shown = start + "é".repeat(kept - start.length() / 2);
		List<String> asked = new ArrayList<>();
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> new LiveQueryParser(QueryLimits.DEFAULT)
			.parse("SELECT * FROM " + name, List.of(), "alice", (schema, table) -> {
				asked.add(table);
				return null;
			}));
		assertThat(asked).containsExactly(shown);
	}

	@Test
	void stringsOnSeveralLinesAreNotJoined() {
		assertRefused("SELECT * FROM tickets WHERE title = 'a'\n'b'", QueryException.Code.UNSUPPORTED, "as one");
	}

	@Test
	void bindsParameters() {
		assertThat(parameters("id = $1", 5)).containsExactly("5");
		assertThat(parameters("id = $1", "5")).containsExactly("5");
		assertThat(parameters("id = $1", 5.0)).containsExactly("5");
		assertThat(parameters("id = $1", new BigInteger("9007199254740993"))).containsExactly("9007199254740993");
		assertThat(parameters("price = $2 OR price = $1", new BigDecimal("1.50"), "NaN")).containsExactly("NaN",
				"1.50");
		assertThat(parameters("ratio = $1", 0.1)).containsExactly("0.1");
		assertThat(parameters("done = $1", true)).containsExactly("t");
		assertThat(parameters("$1", true)).isEmpty();
		assertThat(QueryFixture.where("$1", true)).isEqualTo(QueryFixture.where("TRUE"));
		assertThat(QueryFixture.where("id = $1", (Object) null)).isEqualTo(QueryFixture.where("NULL"));
		assertRefused("SELECT * FROM tickets WHERE title = $1", QueryException.Code.INVALID_SQL, "as a string", 5);
		assertRefused("SELECT * FROM tickets WHERE id = $1", QueryException.Code.INVALID_SQL, "must be a string",
				List.of());
		assertRefused("SELECT * FROM tickets WHERE score = $1", QueryException.Code.INVALID_SQL, "range",
				new BigDecimal("1e999999999"));
		assertRefused("SELECT * FROM tickets WHERE title = $1", QueryException.Code.UNSUPPORTED, "not a value",
				"\uD800");
	}

	@Test
	void queriesOfOneMeaningAreEqual() {
		assertThat(QueryFixture.parse("SELECT id,title FROM app.tickets t WHERE ( t.SIZE<1.5 ) and \"done\""))
			.isEqualTo(QueryFixture.parse("select Id, title, id from tickets where size <= $1 AND done", 1))
			.hasSameHashCodeAs(QueryFixture.parse("select id, title from tickets where size <= 1 AND done"))
			.isNotEqualTo(QueryFixture.parse("SELECT id,title FROM tickets WHERE size <= 2 AND done"));
		assertThat(QueryFixture.where("size IN (1, 2, 3)")).isEqualTo(QueryFixture.where("size IN (3, 2, 1, 1)"));
	}

	private static List<String> parameters(String condition, Object... parameters) {
		return QueryFixture.where(condition, parameters).toSql().parameters();
	}

	private static QueryException assertRefused(String sql, QueryException.Code code, String message,
			Object... parameters) {
		QueryException[] refusal = new QueryException[1];
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> QueryFixture.parse(sql, parameters))
			.withMessageContaining(message)
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(code);
				refusal[0] = ex;
			});
		return refusal[0];
	}

}
