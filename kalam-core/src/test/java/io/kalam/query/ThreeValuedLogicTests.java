package io.kalam.query;

import io.kalam.change.Row;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ThreeValuedLogicTests {

	@ParameterizedTest
	@CsvSource({ "TRUE,TRUE,TRUE,TRUE", "TRUE,FALSE,FALSE,TRUE", "TRUE,NULL,NULL,TRUE", "FALSE,TRUE,FALSE,TRUE",
			"FALSE,FALSE,FALSE,FALSE", "FALSE,NULL,FALSE,NULL", "NULL,TRUE,NULL,TRUE", "NULL,FALSE,FALSE,NULL",
			"NULL,NULL,NULL,NULL" })
	void andOr(String left, String right, String and, String or) {
		assertTruth(left + " AND " + right, and);
		assertTruth(left + " OR " + right, or);
		assertTruth("NOT (" + left + " AND " + right + ")", not(and));
		assertTruth("NOT (" + left + " OR " + right + ")", not(or));
	}

	@ParameterizedTest
	@CsvSource({ "TRUE,FALSE", "FALSE,TRUE", "NULL,NULL" })
	void not(String value, String expected) {
		assertTruth("NOT " + value, expected);
		assertTruth("NOT NOT " + value, value);
	}

	@ParameterizedTest
	@CsvSource({ "id = 1,TRUE", "id <> 1,FALSE", "size = 1,NULL", "size <> 1,NULL", "NOT size = 1,NULL",
			"size IN (1; 2),NULL", "id IN (1; 2),TRUE", "id IN (2; 3),FALSE", "id IN (2; NULL),NULL",
			"id IN (1; NULL),TRUE", "id NOT IN (2; NULL),NULL", "id NOT IN (1; NULL),FALSE", "id IN (1.5; 2.5),FALSE",
			"size IN (1.5; 2.5),NULL", "id IN (1.5; NULL),NULL", "id IN (NULL; NULL),NULL", "size BETWEEN 1 AND 2,NULL",
			"id BETWEEN 2 AND NULL,FALSE", "id BETWEEN 1 AND NULL,NULL", "id NOT BETWEEN 2 AND NULL,TRUE",
			"size IS NULL,TRUE", "id IS NULL,FALSE", "size IS NOT NULL,FALSE", "done IS TRUE,FALSE",
			"done IS NOT TRUE,TRUE", "done IS UNKNOWN,TRUE", "done IS NOT UNKNOWN,FALSE", "done,NULL", "NOT done,NULL",
			"done = done,NULL", "size < 1.5,NULL", "size = 1.5,NULL", "size < 1e30,NULL", "id < 1e30,TRUE",
			"id > 1e30,FALSE", "id <> 1.5,TRUE", "id = NULL,NULL", "id <> NULL,NULL", "size IS DISTINCT FROM 1,TRUE",
			"size IS NOT DISTINCT FROM 1,FALSE", "size IS NOT DISTINCT FROM NULL,TRUE",
			"id IS NOT DISTINCT FROM NULL,FALSE", "id IS DISTINCT FROM 1,FALSE", "size IS NOT DISTINCT FROM size,TRUE",
			"size IS DISTINCT FROM id,TRUE", "id BETWEEN SYMMETRIC 2 AND 0,TRUE", "id BETWEEN 2 AND 0,FALSE",
			"size BETWEEN SYMMETRIC 2 AND 0,NULL", "title LIKE '%',NULL", "title NOT LIKE '%',NULL",
			"code ILIKE NULL,NULL" })
	void terms(String condition, String expected) {
		assertTruth(condition.replace(';', ','), expected);
	}

	@Test
	void onlyTrueSelectsARow() {
		assertThat(QueryFixture.where("TRUE").test(row())).isTrue();
		assertThat(QueryFixture.where("NULL").test(row())).isFalse();
		assertThat(QueryFixture.where("NOT NULL").test(row())).isFalse();
		assertThat(QueryFixture.where("FALSE").test(row())).isFalse();
	}

	private static String not(String value) {
		return switch (value) {
			case "TRUE" -> "FALSE";
			case "FALSE" -> "TRUE";
			default -> value;
		};
	}

	private static void assertTruth(String condition, String expected) {
		Truth truth = ((BoundPredicate) QueryFixture.where(condition)).condition().evaluate(row());
		assertThat(truth).as(condition).isEqualTo(expected.equals("NULL") ? Truth.UNKNOWN : Truth.valueOf(expected));
	}

	private static Row row() {
		String[] values = new String[QueryFixture.rowType().codecs().size()];
		values[0] = "1";
		return TestTypes.row(QueryFixture.rowType(), values);
	}

}
