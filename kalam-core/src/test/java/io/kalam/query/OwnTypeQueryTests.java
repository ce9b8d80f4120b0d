package io.kalam.query;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.ColumnType;
import io.kalam.catalog.ColumnType.Kind;
import io.kalam.change.Row;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.partition.LiveTable;
import io.kalam.testing.TestCodecs;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What can be asked about columns of types of the application's own.
 */
class OwnTypeQueryTests {

	private static final ColumnType SEMVER = TestTypes.domain("semver", TestTypes.type("text"));

	private static final ColumnType SHAPE = new ColumnType(0, "shape", "public", Kind.BASE, -1, null);

	private static final RowType TYPE = new Codecs(
			List.of(TestCodecs.comparable("public.semver", (text, out) -> out.writeNumber(Integer.parseInt(text))),
					TestCodecs.of("public.shape", (text, out) -> out.writeString(text)),
					TestCodecs.of("public.flag", (text, out) -> out.writeString(text)),
					TestCodecs.comparable("public.pair", (text, out) -> out.writeString(text))))
		.rowType(TestTypes.table("releases", Map.entry("id", TestTypes.type("int8")), Map.entry("v", SEMVER),
				Map.entry("w", SEMVER), Map.entry("shape", SHAPE),
				Map.entry("flag", TestTypes.domain("flag", TestTypes.type("bool"))),
				Map.entry("all", TestTypes.array("_semver", SEMVER)),
				Map.entry("pair", new ColumnType(0, "pair", "public", Kind.COMPOSITE, -1, null)),
				Map.entry("plain", TestTypes.type("text"))));

	private static final LiveTable TABLE = TestTypes.liveTable(TYPE);

	private static final String PRINTED = "(CASE WHEN \"v\" IS DISTINCT FROM NULL THEN format('%s', \"v\") END)";

	@Test
	void isNullIsAlwaysPossible() {
		assertThat(matches("shape IS NULL")).isFalse();
		assertThat(matches("shape IS NOT NULL AND flag IS NOT NULL AND \"all\" IS NOT NULL AND v IS NOT NULL"))
			.isTrue();
		assertThat(matches("w IS NULL")).isTrue();
	}

	@Test
	void whatIsPrintedIsComparedHereAndInPostgres() {
		assertThat(matches("v = '7'")).isTrue();
		assertThat(matches("v = '07'")).as("spelt in another way").isFalse();
		assertThat(matches("'8' <> v")).isTrue();
		assertThat(matches("v IN ('6', '7')")).isTrue();
		assertThat(matches("v = ANY($1)", List.of("6", "7"))).isTrue();
		assertThat(matches("v IS DISTINCT FROM '8'")).isTrue();
		assertThat(matches("v = w")).isFalse();
		assertThat(matches("w IS DISTINCT FROM v")).isTrue();
		SqlCondition sql = where("v = '7' AND v IN ('6', '7') AND v <> w").toSql();
		assertThat(sql.text()).contains(PRINTED + " = ($1)::\"pg_catalog\".\"text\"", PRINTED + " = ANY (($2)::",
				PRINTED + " <> " + PRINTED.replace("\"v\"", "\"w\""));
		assertThat(sql.parameters()).containsExactly("7", "{\"6\",\"7\"}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"shape = 'x' | Column \"shape\" of type shape can't be compared in a live query; only IS NULL | 30",
			"shape IN ('x', 'y') | can't be compared | 30", "shape = shape | can't be compared | 30",
			"shape IS DISTINCT FROM 'x' | can't be compared | 30", "shape LIKE 'x' | | 30",
			"v < '7' | has no order in a live query; use =, <> or IN | 30", "v BETWEEN '1' AND '2' | no order | 30",
			"v LIKE '7' | | 30", "v = id | are not compared | 30", "v = 'x' | write it as Postgres prints it | 34",
			"v = 7 | write the value as a string | 34", "v IN ('7', 8) | write the value as a string | 41",
			"v COLLATE \"C\" = '7' | COLLATE is for text | 30", "flag | compare it with a value | 30",
			"flag = true | can't be compared | 30", "\"all\" @> '{7}' | can't be compared | 30",
			"'7' = ANY(\"all\") | can't be compared | 40", "\"all\" = '{7}' | can't be compared | 30",
			"pair IS NULL | not supported for composite types | 30" })
	void whatIsNotKnownIsRefused(String condition, String message, int position) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> where(condition))
			.withMessageContaining((message != null) ? message : "")
			.satisfies((ex) -> assertThat(ex.position()).isEqualTo(position));
	}

	@Test
	void thereIsNoOrder() {
		for (String order : List.of("ORDER BY v", "ORDER BY shape", "ORDER BY flag LIMIT 5")) {
			assertThatExceptionOfType(QueryException.class).isThrownBy(() -> parse("SELECT * FROM releases " + order))
				.withMessageContaining("has no order here");
		}
		RowType keyed = new Codecs(
				List.of(TestCodecs.comparable("public.semver", (text, out) -> out.writeString(text))))
			.rowType(TestTypes.table("releases", Map.entry("v", SEMVER)));
		assertThatExceptionOfType(QueryException.class)
			.isThrownBy(() -> new LiveQueryParser(QueryLimits.DEFAULT).parse("SELECT * FROM releases LIMIT 5",
					List.of(), "alice", (schema, name) -> TestTypes.liveTable(keyed)))
			.withMessageContaining("leave them away and sort in the client");
	}

	private static boolean matches(String condition, Object... parameters) {
		Row row = TestTypes.row(TYPE, "1", "7", null, "x", "t", "{7}", "(1,2)", "7");
		return where(condition, parameters).test(row);
	}

	private static RowPredicate where(String condition, Object... parameters) {
		return parse("SELECT * FROM releases WHERE " + condition, parameters).predicate();
	}

	private static LiveQuery parse(String sql, Object... parameters) {
		return new LiveQueryParser(QueryLimits.DEFAULT).parse(sql, Arrays.asList(parameters), "alice",
				(schema, name) -> TABLE);
	}

}
