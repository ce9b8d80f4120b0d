package io.kalam.query;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class QueryRefusalTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "SELECT * FROM tickets JOIN b ON 1 = 1 | Joins | 23",
			"SELECT * FROM tickets, b | Joins | 22", "SELECT * FROM (SELECT * FROM tickets) x | Subqueries | 16",
			"SELECT * FROM tickets WHERE id IN (SELECT 1) | Subqueries | 36",
			"SELECT count(*) FROM tickets | Functions are not supported (count) | 8",
			"SELECT * FROM tickets WHERE lower(title) = 'a' | Functions | 29",
			"SELECT * FROM tickets WHERE pg_catalog.\"lower\"(title) = 'a' | Functions | 40",
			"SELECT * FROM tickets WHERE id = '5'::text | cast it to int8 | 34",
			"SELECT * FROM tickets WHERE id::text = '5' | Only values are cast | 33",
			"SELECT * FROM tickets WHERE id = '5'::int::int8 | only once | 44",
			"SELECT * FROM tickets WHERE price = '5'::numeric(10,2) | no length or precision | 49",
			"SELECT * FROM tickets WHERE code = '5'::char | keeps one character | 41",
			"SELECT * FROM tickets WHERE size = '5'::d | cast it to int4 | 36",
			"SELECT * FROM tickets WHERE size = '5'::other.int4 | cast it to int4 | 36",
			"SELECT * FROM tickets WHERE size = '3000000000'::int | not a value of type int4 | 36",
			"SELECT * FROM tickets WHERE size = -5::int | '-5'::int | 36",
			"SELECT * FROM tickets WHERE size = 1.5::int | not a value of type int4 | 36",
			"SELECT * FROM tickets WHERE code = 5::text | write it as a string | 36",
			"SELECT * FROM tickets WHERE created > INTERVAL '1 day' | cast it to timestamptz | 48",
			"SELECT * FROM tickets WHERE size IN ('1'::float8, '2') | all of them or none | 51",
			"SELECT * FROM tickets WHERE price = '1'::float8 | not compared with a value of type float8 | 37",
			"SELECT * FROM tickets WHERE id IS NULL::bool | neither cast | 39",
			"SELECT id::text FROM tickets | in the condition only | 10",
			"SELECT data -> 'a' FROM tickets | in the condition only | 13",
			"SELECT tags[1] FROM tickets | in the condition only | 12",
			"SELECT * FROM tickets WHERE id = CAST(size AS int) | Only values are cast | 47",
			"SELECT * FROM tickets WHERE due = date 'today' | 2026-01-31 | 40",
			"SELECT * FROM tickets ORDER BY title LIMIT 5 | give the column COLLATE \"C\" | 32",
			"SELECT * FROM tickets ORDER BY nick | can't be reproduced | 32",
			"SELECT * FROM tickets ORDER BY status | has no order here | 32",
			"SELECT * FROM tickets ORDER BY data | has no order here | 32",
			"SELECT * FROM tickets ORDER BY 1 | by their names | 32",
			"SELECT * FROM tickets ORDER BY id + 1 | by their names | 35",
			"SELECT * FROM tickets ORDER BY lower(code) | by their names | 37",
			"SELECT * FROM tickets ORDER BY (id) | by their names | 32",
			"SELECT * FROM tickets ORDER BY code COLLATE \"de\" | COLLATE is not supported | 37",
			"SELECT * FROM tickets ORDER BY id USING < | write ASC or DESC | 35",
			"SELECT * FROM tickets ORDER BY tickets | Whole rows | 32",
			"SELECT * FROM tickets ORDER BY id OFFSET 5 | LIMIT shows the first rows | 35",
			"SELECT * FROM tickets LIMIT 5 OFFSET 5 | LIMIT shows the first rows | 31",
			"SELECT * FROM tickets FETCH FIRST ROW ONLY | LIMIT shows the first rows | 23",
			"SELECT * FROM tickets LIMIT 0 | from 1 to 1000 | 29", "SELECT * FROM tickets LIMIT 1001 | 1 to 1000 | 29",
			"SELECT * FROM tickets LIMIT 1.5 | a whole number | 29",
			"SELECT * FROM tickets LIMIT ALL | a whole number | 29",
			"SELECT * FROM tickets LIMIT 5 FOR UPDATE | Row locks | 31",
			"SELECT * FROM tickets WHERE (id = 1 ORDER BY id) | stand behind the condition | 37",
			"SELECT order FROM tickets | double quotes | 8", "SELECT * FROM tickets ORDER | double quotes | 23",
			"SELECT * FROM tickets ORDER id | double quotes | 23",
			"SELECT * FROM tickets WHERE limit > 5 | double quotes | 35",
			"SELECT * FROM tickets ORDER BY desc | double quotes | 32",
			"SELECT DISTINCT id FROM tickets | DISTINCT | 8", "SELECT id FROM tickets GROUP BY id | Grouping | 24",
			"SELECT * FROM tickets; DROP TABLE tickets | Several statements | 22",
			"SELECT * FROM tickets -- x | Comments | 23", "SELECT /* x */ * FROM tickets | Comments | 8",
			"SELECT * FROM tickets WHERE size + 1 = 2 | Arithmetic | 34",
			"SELECT * FROM tickets WHERE size / 1 = 2 | The operator / | 34",
			"SELECT * FROM tickets WHERE data -> 'a' = 'b' | not a value of type jsonb | 43",
			"SELECT * FROM tickets WHERE data @> '{}' | is no array | 29",
			"SELECT * FROM tickets WHERE title -> 'a' = 'b' | behind columns of type json | 29",
			"SELECT * FROM tickets WHERE data -> 1.5 = 'b' | a whole number | 37",
			"SELECT * FROM tickets WHERE data -> title IS NULL | a whole number | 37",
			"SELECT * FROM tickets WHERE data ->> 'a' -> 'b' IS NULL | behind columns of type json | 29",
			"SELECT * FROM tickets WHERE data -> 'a' < '1' | has no order | 29",
			"SELECT * FROM tickets WHERE data ->> 'a' < '1' | COLLATE \"C\" behind it | 29",
			"SELECT * FROM tickets WHERE data ->> 'a' COLLATE \"C\" < '1' | behind what is compared | 38",
			"SELECT * FROM tickets WHERE title COLLATE \"de_DE\" < '1' | Other collations | 43",
			"SELECT * FROM tickets WHERE id COLLATE \"C\" < '1' | COLLATE is for text | 29",
			"SELECT * FROM tickets WHERE data #>> '{a}' = 'b' | The operator #>> | 34",
			"SELECT * FROM tickets WHERE data ? 'b' | The operator ? | 34",
			"SELECT * FROM tickets WHERE tags @> ARRAY['a'] | write '{…}' | 37",
			"SELECT * FROM tickets WHERE tags @> '{a, b}' | spelt as Postgres prints it | 37",
			"SELECT * FROM tickets WHERE tags @> 'a' | spelt as Postgres prints it | 37",
			"SELECT * FROM tickets WHERE tags @> code | is no array | 29",
			"SELECT * FROM tickets WHERE 5 = ANY (tags) | as a string | 29",
			"SELECT * FROM tickets WHERE code = ANY (tags) | a value with those of a column | 29",
			"SELECT * FROM tickets WHERE 'a' < ANY (tags) | have no order | 40",
			"SELECT * FROM tickets WHERE 'a' = ANY (code) | is no array | 40",
			"SELECT * FROM tickets WHERE tags[1] = 'a' | Subscripts are not supported | 33",
			"SELECT * FROM tickets WHERE (id, size) = (1, 2) | Rows of values | 29",
			"SELECT * FROM tickets WHERE (id, size) IN ((1, 2)) | Rows of values | 29",
			"SELECT id AS x FROM tickets | Column aliases | 14", "SELECT 1 FROM tickets | in the condition only | 8",
			"SELECT * FROM tickets WHERE 1 = 1 | needs a column | 29",
			"SELECT * FROM tickets WHERE title < 'a' | write COLLATE \"C\" behind it | 29",
			"SELECT * FROM tickets WHERE title BETWEEN 'a' AND 'b' | COLLATE \"C\" | 29",
			"SELECT * FROM tickets WHERE nick = 'a' | nondeterministic | 29",
			"SELECT * FROM tickets WHERE status < 'new' | which are open, closed | 38",
			"SELECT * FROM tickets WHERE data < '{}' | has no order | 29",
			"SELECT * FROM tickets WHERE tags = '{}' | only IS NULL | 29",
			"SELECT * FROM tickets WHERE title = code | not compared in a live query | 29",
			"SELECT * FROM tickets WHERE price = score | not compared in a live query | 29",
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
			"SELECT * FROM tickets WHERE id LIKE '5' | need a text, varchar | 29",
			"SELECT * FROM tickets WHERE title ILIKE 'a' | use LIKE | 29",
			"SELECT * FROM tickets WHERE nick LIKE 'a' | nondeterministic | 29",
			"SELECT * FROM tickets WHERE title LIKE code | not a column | 40",
			"SELECT * FROM tickets WHERE 'a' LIKE title | a column on their left | 29",
			"SELECT * FROM tickets WHERE title LIKE 'a\\' | write that twice | 40",
			"SELECT * FROM tickets WHERE title LIKE ANY ('{a}') | stand behind comparisons | 40",
			"SELECT * FROM tickets WHERE id = ANY (1) | Pass an array | 39",
			"SELECT * FROM tickets WHERE id = ANY ('{1, 2}') | spelt as Postgres prints it | 39",
			"SELECT * FROM tickets WHERE title SIMILAR TO 'a' | write LIKE | 35",
			"SELECT * FROM tickets WHERE U&\"id\" = 1 | prefix | 29",
			"SELECT current_user FROM tickets | stands behind WHERE | 8",
			"SELECT -id FROM tickets | in the condition only | 8",
			"SELECT TRUE, id FROM tickets | in the condition only | 8",
			"SELECT id = 5 FROM tickets | in the condition only | 11",
			"SELECT * FROM tickets id = 5 | in the condition only | 26",
			"SELECT in FROM tickets | write it in double quotes | 8",
			"SELECT NOT FROM tickets | AND, OR and NOT stand behind WHERE | 8",
			"SELECT between FROM tickets | BETWEEN stands behind WHERE | 8",
			"SELECT id IS NULL FROM tickets | IS stands behind WHERE | 11",
			"SELECT * FROM tickets AS in | IN stands behind WHERE | 26",
			"SELECT * FROM tickets AND id = 5 | AND, OR and NOT stand behind WHERE | 23",
			"SELECT * FROM tickets WHERE title LIKE 'a' ESCAPE 'xy' | one character | 51",
			"SELECT * FROM tickets WHERE session_user = 'a' | CURRENT_USER | 29" })
	void refusesByName(String sql, String message, int position) {
		QueryException refusal = QueryFixture.assertRefused(sql, QueryException.Code.UNSUPPORTED, message);
		assertThat(refusal.position()).isEqualTo(position);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "`` | SELECT columns FROM", "x | SELECT columns FROM",
			"DELETE FROM tickets | SELECT columns FROM", "SELECT | Syntax error", "SELECT * FROM | Syntax error",
			"SELECT * tickets | SELECT columns FROM", "SELECT (id) FROM tickets | the condition only (character 8)",
			"SELECT * FROM (tickets) | Syntax error", "SELECT FROM tickets | Syntax error",
			"SELECT * FROM tickets WHERE | too early", "SELECT * FROM tickets WHERE id = | too early",
			"SELECT * FROM tickets WHERE IN AND NULL | or a parameter is expected (character 29)",
			"SELECT * FROM tickets WHERE id = = 5 | Syntax error at or behind =",
			"SELECT * FROM tickets WHERE title LIKE 5 | A pattern is a string",
			"SELECT * FROM tickets WHERE title LIKE 'a' LIKE 'b' | in parentheses",
			"SELECT * FROM tickets WHERE id IS DISTINCT FROM 1 IS TRUE | in parentheses",
			"SELECT * FROM tickets WHERE id IS DISTINCT 1 | FROM is expected",
			"SELECT * FROM tickets WHERE done = done = done | in parentheses (character 41)",
			"SELECT * FROM tickets WHERE id BETWEEN 1 AND 2 IN (TRUE) | in parentheses (character 48)",
			"SELECT * FROM tickets WHERE id IS 5 | IS is followed by",
			"SELECT * FROM tickets WHERE id IS | TRUE, FALSE or UNKNOWN is missing (character 34)",
			"SELECT * FROM tickets WHERE (id = 5 | not closed (character 29)",

			"SELECT * FROM tickets ORDER BY nope | has no column nope; its columns are id,",
			"SELECT * FROM tickets ORDER BY id NULLS | LAST is missing (character 40)",
			"SELECT * FROM tickets ORDER BY id ASC DESC | end a live query (character 39)",
			"SELECT * FROM tickets ORDER BY id, | a column is missing (character 35)",
			"SELECT * FROM tickets WHERE ORDER BY id | too early",
			"SELECT * FROM tickets LIMIT | the number of rows is missing (character 28)",
			"SELECT * FROM tickets LIMIT 5 ORDER BY id | end a live query (character 31)",
			"SELECT * FROM tickets WHERE id = 5) | Syntax error at or behind )",
			"SELECT * FROM tickets WHERE id = 5 6 | Syntax error at or behind 6",
			"SELECT * FROM tickets WHERE title = 'a' 'b' | 'b'",
			"SELECT * FROM tickets WHERE id = 'a | not closed (character 34)",
			"SELECT * FROM tickets WHERE \"id = 5 | not closed",
			"SELECT * FROM tickets WHERE \"\" = 5 | must not be empty",
			"SELECT * FROM tickets WHERE nope = 5 | app.tickets has no column nope; its columns are id,",
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
		QueryFixture.assertRefused(sql, code, message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e363", "-1e999", "123456789012345678901234567890123" })
	void longNumberIsShownByItsBeginning(String number) {
		String shown = new BigDecimal(number).toPlainString().substring(0, 32) + "… as a string";
		QueryFixture.assertRefused("SELECT * FROM tickets WHERE " + number + " = ANY (tags)",
				QueryException.Code.UNSUPPORTED, shown);
		QueryFixture.assertRefused("SELECT * FROM tickets WHERE $1 = ANY (tags)", QueryException.Code.UNSUPPORTED,
				shown, new BigDecimal(number));
	}

	@Test
	void longTextIsNotShownWithHalfACharacter() {
		QueryFixture.assertRefused("SELECT * FROM tickets WHERE id = 5 '" + "a".repeat(31) + "\uD83D\uDE00'",
				QueryException.Code.INVALID_SQL, "behind '" + "a".repeat(31) + "…'");
	}

	@ParameterizedTest
	@CsvSource({ "nope", "other.tickets", "\"Tickets\"" })
	void tableThatIsNotThereIsNotFound(String table) {
		QueryFixture.assertRefused("SELECT * FROM " + table, QueryException.Code.NOT_FOUND, "There is no table");
	}

}
