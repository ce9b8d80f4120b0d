package io.kalam.query;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LikePatternTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			value = { "abc,abc,true", "abc,ab,false", "ab,abc,false", "a%,a,true", "a%,abc,true", "%c,abc,true",
					"%b%,abc,true", "%b,abc,false", "a_c,abc,true", "a_c,a😀c,true", "__,😀,false", "_,é,true",
					"%a%b%,xxaxxbxx,true", "%ab%ab,ababab,true", "%_,\"\",false", "%,\"\",true", "\"\",\"\",true",
					"\"\",a,false", "a\\%,a%,true", "a\\%,ab,false", "\\_\\\\,_\\,true", "A,a,false", "%%%,abc,true",
					"%😀_,a😀b,true", "a%b%c,a1b2b3c4c,true" })
	void matches(String pattern, String text, boolean expected) {
		assertThat(LikePattern.of(pattern, "\\", false).matches(text)).isEqualTo(expected);
	}

	@Test
	void onlyTheLettersOfAsciiHaveTwoCases() {
		LikePattern pattern = LikePattern.of("aB%Ä", "\\", true);
		assertThat(pattern.matches("AbxÄ")).isTrue();
		assertThat(pattern.matches("Abxä")).isFalse();
		assertThat(LikePattern.of("k", "\\", true).matches("\u212A")).isFalse();
	}

	@Test
	void escapesAreWrittenAsPostgresReadsThem() {
		assertThat(LikePattern.of("!%%\\!!", "!", false).text()).isEqualTo("\\%%\\\\!");
		assertThat(LikePattern.of("a\\%", "", false).text()).isEqualTo("a\\\\%");
		assertThat(LikePattern.of("%%_", "%", false).text()).isEqualTo("\\%_");
		assertThat(LikePattern.of("a\\", "\\", false)).isNull();
		assertThat(LikePattern.of("a!", "!", false)).isNull();
	}

	@Test
	void manyWildcardsTakeNoLongerThanLengthTimesLength() {
		LikePattern pattern = LikePattern.of("%a".repeat(4000) + "b", "\\", false);
		assertThat(pattern.matches("a".repeat(20_000))).isFalse();
	}

}
