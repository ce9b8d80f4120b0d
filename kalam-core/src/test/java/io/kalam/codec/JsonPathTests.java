package io.kalam.codec;

import java.util.List;

import io.kalam.codec.JsonPath.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonPathTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"a": 1, "a": 2}            | 2
			{"b": {"a": 1}, "a": "x"}   | x
			{"a": "x", "a": null}       |
			{"a": null, "a": "x"}       | x
			{"b": 1}                    |
			{"a": [1, 2]}               | [1, 2]
			{"a": "q\\"\\u00e9"}        | q"é
			[{"a": 1}]                  |
			"a"                         |
			""")
	void findsTheLastFieldOfAName(String json, String found) {
		assertThat(new JsonPath(List.of(new Step("a", 0)), false).find(json, true)).isEqualTo(found);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			[1, [2, 3], "x"] | 0  | 1
			[1, [2, 3], "x"] | 1  | [2, 3]
			[1, [2, 3], "x"] | -1 | x
			[1, [2, 3], "x"] | -3 | 1
			[1, [2, 3], "x"] | -4 |
			[1, [2, 3], "x"] | 3  |
			[]               | 0  |
			{"0": 1}         | 0  |
			""")
	void findsAnElementFromEitherEnd(String json, int index, String found) {
		assertThat(new JsonPath(List.of(new Step(null, index)), false).find(json, true)).isEqualTo(found);
	}

	@Test
	void binaryScalarIsAnArrayOfItself() {
		Step first = new Step(null, 0);
		assertThat(new JsonPath(List.of(first), true).find("7", true)).isEqualTo("7");
		assertThat(new JsonPath(List.of(first), false).find("7", true)).isNull();
	}

	@Test
	void valueKeepsItsQuotes() {
		JsonPath path = new JsonPath(List.of(new Step("a", 0)), false);
		assertThat(path.find("{\"a\": \"x\"}", false)).isEqualTo("\"x\"");
		assertThat(path.find("{\"a\": null}", false)).isEqualTo("null");
	}

}
