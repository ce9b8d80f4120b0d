package io.kalam.codec;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.ColumnType.Kind;
import io.kalam.testing.TestCodecs;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OwnTypeCodecTests {

	private static final ColumnType GEOMETRY = new ColumnType(0, "geometry", "public", Kind.BASE, -1, null);

	private static final String SECRET = "POINT(47 11)";

	@Test
	void writesWhatTheApplicationsCodecWrites() {
		Codec<Object> codec = find(GEOMETRY, TestCodecs.of("public.geometry", (text, out) -> {
			out.writeStartObject();
			out.writeStringProperty("wkt", text);
			out.writeEndObject();
		}));
		Object value = codec.parse(SECRET);
		assertThat(write(codec, value)).isEqualTo("{\"wkt\":\"POINT(47 11)\"}");
		assertThat(codec.print(value)).isEqualTo(SECRET);
		assertThat(value).isEqualTo(codec.parse(SECRET)).hasToString("A value of 12 characters");
		assertThat(codec.sizeOf(value)).isGreaterThan(2 * SECRET.length());
	}

	@Test
	void aCodecNeedNotBeWrittenForStrings() {
		Codec<Object> codec = find(GEOMETRY, RealtimeTypeCodec.text("public.geography", "public.geometry"));
		assertThat(write(codec, codec.parse("a \"b\""))).isEqualTo("\"a \\\"b\\\"\"");
		assertThat(codec.comparable()).isFalse();
		assertThat(codec.ordered()).isFalse();
		assertThat(codec.identifying()).isFalse();
	}

	@Test
	void saysWhoRefusedAValueAndNotWhich() {
		assertRefused((text, out) -> {
			throw new NumberFormatException("For input string: " + text);
		}, "has thrown java.lang.NumberFormatException at io.kalam.codec.OwnTypeCodecTests");
		assertRefused((text, out) -> {
			throw new StackOverflowError();
		}, "has thrown java.lang.StackOverflowError");
	}

	@Test
	void refusesWhatIsNoJsonValue() {
		String not = "has not written exactly one JSON value other than null";
		assertRefused((text, out) -> {
		}, not);
		assertRefused((text, out) -> out.writeNull(), not);
		assertRefused((text, out) -> out.writeStartArray(), not);
		assertRefused((text, out) -> {
			out.writeNumber(1);
			out.writeNumber(2);
		}, not);
		assertRefused((text, out) -> out.writeRawValue("\"\uD83D\""), not);
		assertRefused((text, out) -> out.writeEndObject(), "has thrown");
	}

	private static void assertRefused(BiConsumer<String, JsonGenerator> form, String reason) {
		Codec<Object> codec = find(GEOMETRY, TestCodecs.of("public.geometry", form));
		assertThatExceptionOfType(RefusedValueException.class).isThrownBy(() -> codec.parse(SECRET))
			.withMessage("not a value of type geometry")
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.reason()).contains("io.kalam.testing.TestCodecs$TestCodec", reason)
				.doesNotContain(SECRET));
		RowType type = new Codecs(List.of(TestCodecs.of("public.geometry", form)))
			.rowType(TestTypes.table("places", column("shape", GEOMETRY)));
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> type.read(type.table().columns().get(0), SECRET))
			.withMessageContainingAll("Column shape holds a value that its codec refuses", reason)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(SECRET));
	}

	@Test
	void arraysAndDomainsHaveTheFormOfWhatTheyAreMadeOf() {
		RealtimeTypeCodec own = TestCodecs.of("public.geometry", (text, out) -> out.writeNumber(text.length()));
		Codec<Object> array = find(TestTypes.array("_geometry", GEOMETRY), own);
		assertThat(write(array, array.parse("{{a,NULL},{\"b,c\",\"\"}}"))).isEqualTo("[[1,null],[3,0]]");
		ColumnType place = TestTypes.domain("place", GEOMETRY);
		assertThat(write(find(place, own), find(place, own).parse("abc"))).isEqualTo("3");
		Codec<Object> places = find(TestTypes.array("_place", place), own);
		assertThat(write(places, places.parse("{abc}"))).isEqualTo("[3]");
	}

	@Test
	void aCodecOfADomainGoesFirst() {
		ColumnType semver = TestTypes.domain("semver", TestTypes.type("text"));
		Codec<Object> codec = find(semver, TestCodecs.of("public.semver", (text, out) -> {
			out.writeStartArray();
			for (String part : text.split("\\.")) {
				out.writeNumber(Integer.parseInt(part));
			}
			out.writeEndArray();
		}));
		assertThat(write(codec, codec.parse("1.10.2"))).isEqualTo("[1,10,2]");
		assertThat(find(TestTypes.type("text"), RealtimeTypeCodec.text("public.semver")).type())
			.isEqualTo(String.class);
	}

	@Test
	void aCodecReplacesTheGeneralFormOfATypeThatTheApplicationHasMade() {
		for (Kind kind : List.of(Kind.COMPOSITE, Kind.ENUM, Kind.RANGE, Kind.MULTIRANGE, Kind.OTHER)) {
			ColumnType type = new ColumnType(0, "own", "app", kind, -1, null);
			assertThat(find(type, RealtimeTypeCodec.text("app.own")).type()).isEqualTo(OwnValue.class);
		}
	}

	@ParameterizedTest
	@CsvSource({ "pg_catalog.text", "pg_catalog.int8", "pg_catalog.jsonb", "pg_catalog._int4", "pg_catalog.int4range",
			"pg_catalog.datemultirange", "pg_catalog.point", "public.citext", "extensions.ltree" })
	void refusesToReplaceAFormOfTheProtocol(String type) {
		assertThatExceptionOfType(InvalidTypeCodecException.class)
			.isThrownBy(() -> new Codecs(List.of(RealtimeTypeCodec.text(type))))
			.withMessageContainingAll("RealtimeTypeCodec.text(\"" + type + "\")", "can't be replaced")
			.satisfies((ex) -> assertThat(ex.action()).contains("CREATE DOMAIN"));
	}

	@ParameterizedTest
	@CsvSource({ "pg_catalog.regclass", "pg_catalog.aclitem", "pg_catalog._box", "app.text", "public.hstore" })
	void takesACodecForWhatHasNone(String type) {
		int dot = type.indexOf('.');
		ColumnType own = new ColumnType(0, type.substring(dot + 1), type.substring(0, dot), Kind.OTHER, -1, null);
		assertThat(find(own, RealtimeTypeCodec.text(type)).type()).isEqualTo(OwnValue.class);
	}

	@Test
	void aFrontEndIsToldWhatTheCodecSaysItWrites() {
		BiConsumer<String, JsonGenerator> form = (text, out) -> out.writeNumber(1);
		RealtimeTypeCodec number = TestCodecs.typed("{ readonly n: number }", "public.geometry", form);
		assertThat(find(GEOMETRY, number).typeScriptType()).isEqualTo("{ readonly n: number }");
		assertThat(find(TestTypes.array("_geometry", GEOMETRY), number).typeScriptType())
			.isEqualTo("KalamArray<{ readonly n: number }>");
		assertThat(find(GEOMETRY, TestCodecs.of("public.geometry", form)).typeScriptType()).isEqualTo("unknown");
		assertThat(find(GEOMETRY, RealtimeTypeCodec.text("public.geometry")).typeScriptType()).isEqualTo("string");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "number\n| string" })
	void refusesWhatIsNoTypeOfAFrontEnd(String type) {
		assertThatExceptionOfType(InvalidTypeCodecException.class)
			.isThrownBy(() -> new Codecs(List.of(TestCodecs.typed(type, "public.geometry", (text, out) -> {
			}))))
			.satisfies((ex) -> assertThat(ex.action()).contains("typeScriptType()"));
	}

	@Test
	void refusesTwoCodecsOfOneTypeNamingBoth() {
		RealtimeTypeCodec one = TestCodecs.of("public.isbn", (text, out) -> out.writeString(text));
		RealtimeTypeCodec other = RealtimeTypeCodec.text("public.issn", "public.isbn");
		assertThatExceptionOfType(InvalidTypeCodecException.class).isThrownBy(() -> new Codecs(List.of(one, other)))
			.withMessage("Two codecs read type public.isbn: io.kalam.testing.TestCodecs$TestCodec and "
					+ "RealtimeTypeCodec.text(\"public.isbn\", \"public.issn\").");
	}

	@ParameterizedTest
	@CsvSource({ "isbn", ".isbn", "public.", "''" })
	void refusesATypeWithoutItsSchema(String type) {
		assertThatExceptionOfType(InvalidTypeCodecException.class)
			.isThrownBy(() -> new Codecs(List.of(RealtimeTypeCodec.text(type))))
			.satisfies((ex) -> assertThat(ex.action()).contains("with its schema"));
	}

	@Test
	void rowsOfAnotherFormAreOfAnotherType() {
		BiConsumer<String, JsonGenerator> form = (text, out) -> out.writeString(text);
		RowType first = rowType(TestCodecs.version(1, "public.geometry", form));
		assertThat(rowType(TestCodecs.version(1, "public.geometry", form))).isEqualTo(first).hasSameHashCodeAs(first);
		assertThat(rowType(TestCodecs.version(2, "public.geometry", form))).isNotEqualTo(first);
		assertThat(rowType(RealtimeTypeCodec.text("public.geometry"))).isNotEqualTo(first);
		assertThat(Codecs.stored(first.table(), first.forms())).as("read from the journal").isEqualTo(first);
	}

	private static RowType rowType(RealtimeTypeCodec codec) {
		return new Codecs(List.of(codec)).rowType(TestTypes.table("places", column("shape", GEOMETRY),
				column("shapes", TestTypes.array("_geometry", GEOMETRY)), column("n", TestTypes.type("int4"))));
	}

	private static Map.Entry<String, ColumnType> column(String name, ColumnType type) {
		return Map.entry(name, type);
	}

	@SuppressWarnings("unchecked")
	private static Codec<Object> find(ColumnType type, RealtimeTypeCodec codec) {
		return (Codec<Object>) new Codecs(List.of(codec)).find(new Column("c", 0, type, true, false, null));
	}

	private static String write(Codec<Object> codec, Object value) {
		StringWriter out = new StringWriter();
		try (JsonGenerator json = JsonMapper.shared().createGenerator(out)) {
			codec.write(value, json);
		}
		return out.toString();
	}

}
