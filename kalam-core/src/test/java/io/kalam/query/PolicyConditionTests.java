package io.kalam.query;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PolicyConditionTests {

	private static final LiveQueryParser PARSER = new LiveQueryParser(QueryLimits.DEFAULT);

	@Test
	void itsValuesAreBound() {
		SqlCondition condition = condition("size = ANY ($1) OR code = $2 OR code = CURRENT_USER OR done IS TRUE",
				List.of(7, 5, 7), "x")
			.toSql();
		assertThat(condition.text()).doesNotContain("'").contains("= ANY");
		assertThat(condition.parameters()).containsExactly("{\"5\",\"7\"}", "x", "alice");
	}

	@Test
	void theOrderOfAListMeansNothing() {
		assertThat(condition("size = ANY ($1)", List.of(1, 2, 3)))
			.isEqualTo(condition("size = ANY ($1)", List.of(3, 1, 2, 1)));
	}

	@Test
	void anEmptyListHasNoRows() {
		RowPredicate none = condition("size = ANY ($1)", List.of());
		assertThat(QueryFixture.parse("SELECT * FROM tickets").narrowedBy(none).predicate().toSql().text())
			.contains("FALSE");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "code = 'x' | values of a policy's condition are bound | 8",
					"size IN (1, 2) | values of a policy's condition are bound | 10",
					"done) OR (done | no ( that it closes | 5", "done OR (done | not closed | 9",
					"done ORDER BY id | ORDER BY and LIMIT stand behind the condition | 6", "done; done | | 5",
					"done -- OR | | 6", "EXISTS (SELECT id FROM tickets) | | 1",
					"now() = created | Functions are not supported | 1",
					"nothing = $1 | Table app.tickets has no column nothing | 1",
					"size = $3 | There is no value for $3 | 8", "others.size = $1 | does not read from others | 1",
					" | | 2" })
	void whatItMayNotBe(String text, String message, int position) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> condition((text != null) ? text : " ", 1, 2))
			.withMessageContaining((message != null) ? message : "")
			.satisfies((ex) -> assertThat(ex.position()).isEqualTo(position));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "WHERE TRUE", "WHERE FALSE OR TRUE", "WHERE size = 8 OR NOT size = 8", "`` | ``",
					"WHERE size IS NULL OR size IS NOT NULL", "WHERE code IN ('b') OR code = $1" })
	void noQueryWidensIt(String where) {
		LiveQuery narrowed = PARSER.parse("SELECT id FROM tickets " + where, List.of("b"), "alice", QueryFixture::find)
			.narrowedBy(condition("size = $1 AND code = $2", 8, "b"));
		assertThat(narrowed.predicate().toSql().text()).startsWith("(((\"size\" = ");
		assertThat(narrowed.predicate().equalities()).extracting((term) -> term.column().name())
			.contains("size", "code");
		assertThat(narrowed.projection().columns()).extracting((column) -> column.name()).containsExactly("id");
		assertThat(narrowed)
			.isNotEqualTo(PARSER.parse("SELECT id FROM tickets " + where, List.of("b"), "alice", QueryFixture::find)
				.narrowedBy(condition("size = $1 AND code = $2", 9, "b")));
	}

	private static RowPredicate condition(String text, Object... values) {
		return PARSER.condition(text, Arrays.asList(values), "alice", QueryFixture.TICKETS);
	}

}
