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
		QueryFixture.assertRefused("SELECT * FROM tickets WHERE id = ANY ($1)", QueryException.Code.INVALID_SQL,
				"an array", "1");
		QueryFixture.assertRefused("SELECT * FROM tickets WHERE id = ANY ($1)", QueryException.Code.INVALID_SQL,
				"must be a string", List.of(List.of(1)));
		QueryFixture.assertRefused("SELECT * FROM tickets WHERE id = ANY ($1)", QueryException.Code.UNSUPPORTED,
				"1024 values", Collections.nCopies(1025, 1));
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
		QueryFixture.assertRefused("SELECT * FROM tickets WHERE title = 'a'\n'b'", QueryException.Code.UNSUPPORTED,
				"as one");
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
		QueryFixture.assertRefused("SELECT * FROM tickets WHERE title = $1", QueryException.Code.INVALID_SQL,
				"as a string", 5);
		QueryFixture.assertRefused("SELECT * FROM tickets WHERE id = $1", QueryException.Code.INVALID_SQL,
				"must be a string", List.of());
		QueryFixture.assertRefused("SELECT * FROM tickets WHERE score = $1", QueryException.Code.INVALID_SQL, "range",
				new BigDecimal("1e999999999"));
		QueryFixture.assertRefused("SELECT * FROM tickets WHERE title = $1", QueryException.Code.UNSUPPORTED,
				"not a value", "\uD800");
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

}
