package io.kalam.query;

import java.util.List;
import java.util.Map;

import io.kalam.catalog.ColumnType;
import io.kalam.catalog.ColumnType.Kind;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What can be asked about columns of {@code hstore} and {@code vector}.
 */
class ExtensionTypeQueryTests {

	private static final RowType TYPE = new Codecs()
		.rowType(TestTypes.table("items", Map.entry("id", TestTypes.type("int8")), Map.entry("tags", type("hstore")),
				Map.entry("place", type("vector"))));

	@ParameterizedTest
	@ValueSource(strings = { "tags = ''", "tags <> tags", "tags IN ('')", "tags IS DISTINCT FROM ''", "place = '[1,2]'",
			"place < '[1,2]'", "place BETWEEN '[1]' AND '[2]'", "place = ANY($1)" })
	void isNotComparedAndTheMessageNamesTheColumn(String condition) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> where(condition, List.of("[1,2]")))
			.withMessageContaining("Column \"" + condition.substring(0, condition.indexOf(' ')) + "\" of type")
			.withMessageContaining("can't be compared in a live query; only IS NULL");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tags -> 'a' = '1'", "tags @> 'a=>1'", "tags ? 'a'", "place <-> '[1,2]' < 1",
			"place ORDER BY place" })
	void operatorsOfTheExtensionsAreRefused(String condition) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> where(condition));
	}

	@Test
	void isNullIsPossible() {
		assertThat(where("tags IS NULL AND place IS NOT NULL").test(TestTypes.row(TYPE, "1", null, "[1]"))).isTrue();
		assertThat(where("tags IS NULL").test(TestTypes.row(TYPE, "1", "\"a\"=>\"1\"", null))).isFalse();
	}

	private static RowPredicate where(String condition, Object... parameters) {
		return new LiveQueryParser(QueryLimits.DEFAULT)
			.parse("SELECT * FROM items WHERE " + condition, List.of(parameters), "alice",
					(schema, name) -> TestTypes.liveTable(TYPE))
			.predicate();
	}

	private static ColumnType type(String name) {
		return new ColumnType(0, name, "public", Kind.BASE, -1, null);
	}

}
