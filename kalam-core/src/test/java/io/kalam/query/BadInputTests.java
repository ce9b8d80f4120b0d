package io.kalam.query;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.kalam.query.QueryException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every kind of bad input is answered with a code, the place, and what to write instead.
 */
class BadInputTests {

	private static final String WHERE = "SELECT * FROM tickets WHERE ";

	@ParameterizedTest
	@MethodSource
	void isRefusedWithCodePlaceAndAdvice(String sql, Code code, int position, String what, String advice) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> QueryFixture.parse(sql))
			.withMessageContainingAll(what, advice, "(character " + position + ")")
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(code);
				assertThat(ex.position()).isEqualTo(position);
				assertThat(ex.getMessage()).hasSizeLessThan(400);
			});
	}

	static Stream<Arguments> isRefusedWithCodePlaceAndAdvice() {
		return Stream.of(unsupported("SELECT * FROM tickets JOIN b ON 1 = 1", 23, "Joins", "subscribe to each table"),
				unsupported("SELECT * FROM tickets, b", 22, "Joins", "subscribe to each table"),
				unsupported(WHERE + "id IN (SELECT 1)", 36, "Subqueries", "subscribe to each query"),
				unsupported("SELECT * FROM (SELECT 1) x", 16, "Subqueries", "subscribe to each query"),
				unsupported(WHERE + "lower(title) = 'a'", 29, "Functions", "pass it as a parameter"),
				unsupported("SELECT count(*) FROM tickets", 8, "Functions", "in the application"),
				unsupported("SELECT * FROM tickets; DROP TABLE tickets", 22, "Several statements", "send one SELECT"),
				unsupported("SELECT * FROM tickets -- x", 23, "Comments", "leave them out"),
				unsupported(WHERE + "/* x */ id = 1", 29, "Comments", "leave them out"),
				invalid(WHERE + "nope = 5", 29, "Table app.tickets has no column nope",
						"its columns are id, title, code"),
				invalid("SELECT nope FROM tickets", 8, "has no column nope", "its columns are"),
				invalid("SELECT * FROM tickets ORDER BY nope", 32, "has no column nope", "its columns are"),
				invalid(WHERE + "title = 5", 37, "with a number", "write the value as a string"),
				unsupported(WHERE + "id = 'x'", 34, "not a value of type int8", "write it as Postgres prints it"),
				invalid(WHERE + "id = TRUE", 34, "can't be compared with a boolean", "Column \"id\" of type int8"),
				invalid(WHERE + "id", 29, "is not of type bool", "compare it with a value"),
				invalid(WHERE + "id = $1", 34, "There is no value for $1", "params has 0"),
				unsupported(WHERE + "(".repeat(33) + "id = 1" + ")".repeat(33), 61, "32 deep", "leave parentheses out"),
				unsupported(WHERE + "NOT ".repeat(33) + "done", 157, "32 deep", "leave parentheses out"),
				unsupported(WHERE + "id=1 OR ".repeat(64) + "id=1", 541, "64 conditions", "use IN"),
				unsupported(WHERE + "title = 'a\u0000'", 37, "not a value of type text",
						"write it as Postgres prints it"),
				unsupported(WHERE + "title = '\uD83D'", 37, "not a value of type text", "write it as Postgres"),
				unsupported(WHERE + "title IN ('a', '\uDE00\uD83D')", 44, "not a value of type text", "write it"));
	}

	private static Arguments unsupported(String sql, int position, String what, String advice) {
		return Arguments.of(sql, Code.UNSUPPORTED, position, what, advice);
	}

	private static Arguments invalid(String sql, int position, String what, String advice) {
		return Arguments.of(sql, Code.INVALID_SQL, position, what, advice);
	}

	@Test
	void tenThousandTermsAreTooLongATextWhateverTheyAre() {
		String sql = WHERE + String.join(" OR ", Collections.nCopies(10_000, "id = 1"));
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> QueryFixture.parse(sql))
			.withMessageContainingAll("8192 bytes")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(Code.UNSUPPORTED));
	}

	@Test
	void brokenTextInParametersIsRefusedLikeThatOfTheQuery() {
		for (Object value : List.of("a\u0000", "\uD83D", "\uDE00\uD83D")) {
			assertThatExceptionOfType(QueryException.class).isThrownBy(() -> QueryFixture.where("title = $1", value))
				.withMessageContainingAll("not a value of type text", "write it as Postgres prints it",
						"(character 37)");
			assertThatExceptionOfType(QueryException.class)
				.isThrownBy(() -> QueryFixture.where("title = ANY ($1)", List.of(value)))
				.withMessageContainingAll("not a value of type text", "(character 42)");
		}
	}

}
