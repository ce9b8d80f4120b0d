package io.kalam.catalog;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LsnTests {

	@Test
	void parsesAndPrintsAsPostgresDoes() {
		assertThat(Lsn.parse("16/B374D848")).isEqualTo(new Lsn(0x16_B374D848L)).hasToString("16/B374D848");
		assertThat(Lsn.parse("0/0")).isEqualTo(Lsn.ZERO).hasToString("0/0");
		assertThat(Lsn.parse("FFFFFFFF/FFFFFFFF")).isEqualTo(new Lsn(-1)).hasToString("FFFFFFFF/FFFFFFFF");
	}

	@Test
	void isUnsigned() {
		assertThat(new Lsn(-1)).isGreaterThan(new Lsn(1));
		assertThat(new Lsn(-1).max(new Lsn(1))).isEqualTo(new Lsn(-1));
		assertThat(new Lsn(-1).isAfter(new Lsn(1))).isTrue();
	}

	@Test
	void refusesWhatIsNone() {
		for (String text : new String[] { "", "/", "12", "1/", "123456789/0", "0/123456789", "x/1" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> Lsn.parse(text));
		}
	}

}
