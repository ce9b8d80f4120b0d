package io.kalam.query;

import io.kalam.change.Row;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is true of an array, above all of one with a null in it, which is equal to nothing
 * and contained in nothing.
 */
class ArrayConditionTests {

	private static final int TAGS = 14;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{a,NULL,b} | tags @> '{a}'           | TRUE
			{a,NULL,b} | tags @> '{b,a,a}'       | TRUE
			{a,NULL,b} | tags @> '{}'            | TRUE
			{a,NULL,b} | tags @> '{c}'           | FALSE
			{a,NULL,b} | tags @> '{NULL}'        | FALSE
			{a,NULL,b} | tags @> '{a,NULL}'      | FALSE
			{a,NULL,b} | tags <@ '{a,b,NULL}'    | FALSE
			{a,b}      | tags <@ '{b,a,NULL}'    | TRUE
			{}         | tags <@ '{a}'           | TRUE
			{a,NULL,b} | tags && '{x,b}'         | TRUE
			{a,NULL,b} | tags && '{NULL}'        | FALSE
			{}         | tags && '{a}'           | FALSE
			{a,NULL,b} | 'a' = ANY (tags)        | TRUE
			{a,NULL,b} | 'x' = ANY (tags)        | UNKNOWN
			{a,b}      | 'x' = ANY (tags)        | FALSE
			{a,NULL,b} | 'x' <> ALL (tags)       | UNKNOWN
			{a,NULL,b} | 'a' <> ALL (tags)       | FALSE
			{a,b}      | 'x' <> ALL (tags)       | TRUE
			{}         | 'x' = ANY (tags)        | FALSE
			{}         | 'x' = ALL (tags)        | TRUE
			           | tags @> '{a}'           | UNKNOWN
			           | 'x' = ALL (tags)        | UNKNOWN
			""")
	void isWhatPostgresSays(String tags, String condition, Truth truth) {
		String[] values = new String[QueryFixture.rowType().codecs().size()];
		values[0] = "1";
		values[TAGS] = tags;
		Row row = TestTypes.row(QueryFixture.rowType(), values);
		assertThat(((BoundPredicate) QueryFixture.where(condition)).condition().evaluate(row)).as(condition)
			.isEqualTo(truth);
	}

}
