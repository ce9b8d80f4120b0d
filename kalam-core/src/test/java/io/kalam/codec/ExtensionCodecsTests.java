package io.kalam.codec;

import java.io.StringWriter;
import java.util.List;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The types of extensions that are more than a text.
 */
class ExtensionCodecsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "hstore | `` | {}", "hstore | \"a\"=>\"1\", \"b\"=>NULL | {\"a\":\"1\",\"b\":null}",
					"hstore | \"\"=>\"NULL\" | {\"\":\"NULL\"}",
					"hstore | \"q\\\"\\\\, =>\"=>\"\\\"\\\\\" | {\"q\\\"\\\\, =>\":\"\\\"\\\\\"}",
					"hstore | \"__proto__\"=>\"😀\" | {\"__proto__\":\"😀\"}",
					"vector | [1,-2.5,1e-45] | [1.0,-2.5,1.4E-45]",
					"vector | [-0,3.4028235e+38] | [-0.0,3.4028235E38]" })
	void writesJson(String type, String text, String json) {
		Codec<Object> codec = find(type, new Codecs());
		Object value = codec.parse(text);
		assertThat(write(codec, value)).isEqualTo(json);
		assertThat(codec.print(value)).isEqualTo(text);
		JsonNode written = JsonMapper.shared().readTree(json);
		assertThat(TypeScriptTypes.admits(codec.typeScriptType(), written)).isTrue();
		assertThat(codec.comparable()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "hstore | a=>1", "hstore | \"a\"", "hstore | \"a\"=>", "hstore | \"a\"=>1", "hstore | \"a",
					"hstore | \"a\"=>\"1\",", "hstore | \"a\"=>\"1\" x", "hstore | \"a\"=>\"\u0000\"",
					"hstore | NULL=>\"1\"", "vector | []", "vector | [1", "vector | 1,2", "vector | [1,,2]",
					"vector | [1,]", "vector | [NaN]", "vector | [-Infinity]", "vector | [1e39]", "vector | [1 ,2]",
					"vector | [[1]]" })
	void refusesWhatIsNotOfTheType(String type, String text) {
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> find(type, new Codecs()).parse(text))
			.withMessageContaining("not a value of type")
			.withMessageNotContaining(text);
	}

	@Test
	void aCodecOfTheApplicationsGoesBefore() {
		Codecs codecs = new Codecs(List.of(RealtimeTypeCodec.text("public.vector")));
		Codec<Object> codec = find("vector", codecs);
		assertThat(write(codec, codec.parse("[1,2]"))).isEqualTo("\"[1,2]\"");
	}

	@Test
	void typesOfOtherKindsWithThoseNamesAreWhatTheyAre() {
		assertThat(find(type("vector", ColumnType.Kind.COMPOSITE, null), new Codecs()).parse("(1,2)"))
			.isEqualTo("(1,2)");
	}

	private static Codec<Object> find(String name, Codecs codecs) {
		return find(type(name, ColumnType.Kind.BASE, null), codecs);
	}

	@SuppressWarnings("unchecked")
	private static Codec<Object> find(ColumnType type, Codecs codecs) {
		return (Codec<Object>) codecs.find(new Column("c", 0, type, true, false, null));
	}

	private static ColumnType type(String name, ColumnType.Kind kind, @Nullable ColumnType base) {
		return new ColumnType(0, name, "public", kind, -1, base);
	}

	private static String write(Codec<Object> codec, Object value) {
		StringWriter out = new StringWriter();
		try (JsonGenerator json = JsonMapper.shared().createGenerator(out)) {
			codec.write(value, json);
		}
		return out.toString();
	}

}
