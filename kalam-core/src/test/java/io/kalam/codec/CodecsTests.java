package io.kalam.codec;

import java.io.StringWriter;
import java.util.Map;

import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.TableName;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CodecsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "bool | t | true", "int4 | -7 | -7",
			"int8 | 9007199254740993 | \"9007199254740993\"", "oid | 4294967295 | \"4294967295\"", "float8 | 1 | 1.0",
			"float8 | 2e+23 | 2.0E23", "float8 | -0 | -0.0", "float8 | NaN | \"NaN\"",
			"float8 | -Infinity | \"-Infinity\"", "float4 | 0.1 | 0.1", "float4 | 1.17549435e-38 | 1.1754944E-38",
			"numeric | 1.50 | \"1.50\"", "numeric | NaN | \"NaN\"", "text | a\"\\é😀 | \"a\\\"\\\\é😀\"",
			"bpchar(4) | a | \"a   \"", "bytea | \\xff00 | \"/wA=\"", "date | 2026-01-31 | \"2026-01-31\"",
			"date | infinity | \"infinity\"", "date | 10000-01-01 | \"+10000-01-01\"",
			"date | 0044-03-15 BC | \"-0043-03-15\"", "date | 0001-03-15 BC | \"0000-03-15\"",
			"timestamp | 2026-01-31 12:34:56 | \"2026-01-31T12:34:56\"",
			"timestamp | 2026-01-31 12:34:56.5 | \"2026-01-31T12:34:56.500\"",
			"timestamp | 2026-01-31 12:34:56.1234 | \"2026-01-31T12:34:56.123400\"",
			"timestamp | 0044-03-15 00:00:00.000001 BC | \"-0043-03-15T00:00:00.000001\"",
			"timestamptz | 2026-01-31 12:34:56+02 | \"2026-01-31T10:34:56Z\"",
			"timestamptz | -infinity | \"-infinity\"", "time | 24:00:00 | \"24:00:00\"",
			"timetz | 12:00:00.5-03:30:15 | \"12:00:00.500-03:30:15\"", "timetz | 24:00:00+02 | \"24:00:00+02:00\"",
			"interval | P1Y2M3DT4H5M6.78S | \"P1Y2M3DT4H5M6.78S\"", "interval | PT0S | \"PT0S\"",
			"json | {\"a\": 1.10} | {\"a\": 1.10}",
			"uuid | A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11 | " + "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"",
			"int8[] | {{1,NULL},{3,4}} | [[\"1\",null],[\"3\",\"4\"]]", "text[] | {} | []", "json[] | {[1]} | [[1]]" })
	void writesJson(String type, String text, String json) {
		Codec<Object> codec = TypeSamples.codec(type);
		assertThat(write(codec, codec.parse(text))).isEqualTo(json);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "bool | x", "int2 | 32768", "int4 | 1.5", "int4 | -", "int8 | 9223372036854775808", "oid | -1",
					"int4 | ١", "float8 | 1e400", "float8 | 1e-400", "float4 | 1e39", "float8 | nan", "float8 | 1d",
					"numeric | 1e999999999", "numeric | 1e131072", "numeric | 1e-16384", "numeric | 1e",
					"uuid | 1-1-1-1-1", "uuid | +0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "date | 2026-02-30",
					"date | 0000-01-01", "date | 5874898-01-01", "date | 4714-11-23 BC", "date | 2026-01-31 00:00:00",
					"timestamp | 294277-01-01 00:00:00", "timestamp | 4714-11-23 23:59:59 BC",
					"timestamp | 2026-01-31 12:34:56Z", "timestamp | 2026-01-31 12:34:56.1234567",
					"timestamp | 2026-01-31T", "timestamptz | 2026-01-31 12:34:60Z",
					"timestamptz | 2026-01-31 12:34:56 Europe/Berlin", "time | 24:00:01", "time | 1:00", "interval | P",
					"interval | PT", "interval | P1H", "interval | P1Y1Y", "interval | P2147483648M",
					"interval | P1.5Y", "interval | PT1.5M", "interval | 1 day", "bytea | abc", "bytea | \\xabc",
					"int4[] | {1", "int4[] | {1}}", "int4[] | 1", "text[] | {\"a", "int4[] | {{{{{{{1}}}}}}}" })
	void refusesWhatIsNotOfTheType(String type, String text) {
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> TypeSamples.codec(type).parse(text))
			.withMessageNotContaining(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0000b", "\uD83D", "\uDE00\uD83D" })
	void refusesTextThatNoDatabaseHolds(String text) {
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> TypeSamples.codec("text").parse(text));
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> TypeSamples.codec("bpchar(9)").parse(text));
	}

	@Test
	void collationDecidesHowTextCompares() {
		assertThat(find("text", TestTypes.BINARY).ordered()).isTrue();
		assertThat(find("text", TestTypes.LINGUISTIC).ordered()).isFalse();
		assertThat(find("text", TestTypes.LINGUISTIC).comparable()).isTrue();
		assertThat(find("text", TestTypes.LINGUISTIC).compare("a", "b")).isNotZero();
		assertThat(find("text", TestTypes.NONDETERMINISTIC).comparable()).isFalse();
		assertThat(find("bpchar(3)", TestTypes.LINGUISTIC).compare("a  ", "a")).isZero();
		assertThat(find("bpchar(3)", TestTypes.LINGUISTIC).compare("a  ", "b")).isNotZero();
	}

	@Test
	void domainsAndEnumsHaveTheCodecOfWhatTheyAre() {
		ColumnType domain = TestTypes.domain("d2", TestTypes.domain("d1", TestTypes.type("int8")));
		assertThat(find(domain).parse("7")).isEqualTo(7L);
		Codec<Object> mood = find(TestTypes.enumType("app", "mood"));
		assertThat(mood.parse("sad")).isEqualTo("sad");
		assertThat(mood.comparable()).isTrue();
		assertThat(mood.ordered()).isTrue();
	}

	@Test
	void enumsAreOrderedAsTheirLabelsAre() {
		Codec<Object> mood = find(TestTypes.enumType("app", "mood", "sad", "ok", "happy"));
		assertThat(mood.compare("happy", "ok")).isPositive();
		assertThat(mood.compare("sad", "ok")).isNegative();
		assertThat(mood.compare("new", "new")).isZero();
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> mood.compare("new", "ok"))
			.withMessageContaining("mood");
	}

	@Test
	void refusesTableWithTypeThatIsNotKnown() {
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(
					() -> TestTypes.rowType(new TableName("app", "maps"), Map.of("area", "aclitem"), TestTypes.BINARY))
			.withMessageContainingAll("app.maps", "\"area\"", "pg_catalog.aclitem");
	}

	@Test
	void refusesArrayOfTypeThatIsNotKnown() {
		assertThat(new Codecs().find(TestTypes.column("c", 0, "box[]", TestTypes.BINARY))).isNull();
		assertThat(new Codecs().find(TestTypes.column("c", 0, "aclitem[]", TestTypes.BINARY))).isNull();
	}

	@SuppressWarnings("unchecked")
	private static Codec<Object> find(String type, Collation collation) {
		return (Codec<Object>) new Codecs().find(TestTypes.column("c", 0, type, collation));
	}

	@SuppressWarnings("unchecked")
	private static Codec<Object> find(ColumnType type) {
		return (Codec<Object>) new Codecs().find(new Column("c", 0, type, true, false, null));
	}

	private static String write(Codec<Object> codec, Object value) {
		StringWriter out = new StringWriter();
		try (JsonGenerator json = JsonMapper.shared().createGenerator(out)) {
			codec.write(value, json);
		}
		return out.toString();
	}

}
