package io.kalam.codec;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class NumericTests {

	private static final int LONGEST = 131_072;

	private final Random random = new Random(1);

	@Test
	void longNumbersAreWhatTheJdkReads() {
		for (int digits : new int[] { 999, 1000, 1001, 1999, 2000, 5003, 20_000 }) {
			for (String text : List.of(digits(digits), '-' + digits(digits), digits(digits) + '.' + digits(1500),
					'-' + digits(digits) + ".00", "0." + digits(digits % 16_384 + 1), '+' + digits(digits),
					"00" + digits(digits), digits(digits) + '.', '.' + digits(Math.min(digits, 16_000)),
					digits(digits) + "e3", digits(digits) + ".5e-7", "-0." + "0".repeat(Math.min(digits, 16_000)))) {
				Numeric value = Numeric.parse(text);
				Numeric expected = Numeric.of(new BigDecimal(text));
				assertThat(value.toString()).isEqualTo(expected.toString());
				assertThat(value.number()).isEqualTo(expected.number());
				assertThat(value).isEqualTo(expected).hasSameHashCodeAs(expected).isEqualByComparingTo(expected);
				assertThat(expected).isEqualTo(value);
				assertThat(new NumericCodec().sizeOf(value))
					.isGreaterThan(value.number().unscaledValue().bitLength() / 8);
			}
		}
	}

	@Test
	void longNumbersCompare() {
		Numeric one = Numeric.parse("1" + "0".repeat(2000));
		Numeric other = Numeric.parse("1" + "0".repeat(1999) + "1");
		assertThat(one).isLessThan(other).isNotEqualTo(other).isGreaterThan(Numeric.of(BigDecimal.TEN));
		assertThat(one).isEqualTo(Numeric.parse("1" + "0".repeat(2000)));
		assertThat(one).isEqualByComparingTo(Numeric.parse("1" + "0".repeat(2000) + ".0"))
			.isNotEqualTo(Numeric.parse("1" + "0".repeat(2000) + ".0"));
		assertThat(one).isLessThan(Numeric.POSITIVE_INFINITY).isGreaterThan(Numeric.NEGATIVE_INFINITY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "-", ".", ".5.", " ", "e", "-e5" })
	void refusesWhatIsNoLongNumber(String end) {
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> Numeric.parse(digits(2000) + ".1" + end));
	}

	@Test
	void refusesMoreDigitsThanPostgresHas() {
		assertThatNoException().isThrownBy(() -> Numeric.parse(digits(LONGEST) + '.' + digits(16_383)));
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> Numeric.parse(digits(LONGEST + 1)));
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> Numeric.parse("1." + digits(16_384)));
	}

	/**
	 * Its text is passed on as it is, and not made anew.
	 */
	@Test
	void theLongestIsNotReadBeforeItIsCalculatedWith() {
		String text = digits(LONGEST) + '.' + digits(16_383);
		Numeric value = Numeric.parse(text);
		assertThat(value.isLong()).isTrue();
		assertThat(value.toString()).isSameAs(text);
		assertThat(value).isGreaterThan(Numeric.of(BigDecimal.ONE)).isNotEqualTo(Numeric.parse(digits(LONGEST)));
		assertThat(value.toString()).isSameAs(text);
	}

	private String digits(int count) {
		StringBuilder digits = new StringBuilder().append(1 + this.random.nextInt(9));
		while (digits.length() < count) {
			digits.append(this.random.nextInt(10));
		}
		return digits.toString();
	}

}
