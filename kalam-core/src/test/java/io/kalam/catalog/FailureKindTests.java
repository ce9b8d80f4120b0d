package io.kalam.catalog;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FailureKindTests {

	@ParameterizedTest
	@ValueSource(strings = { "08000", "08006", "57P01", "57P02", "57P03", "57014", "53300", "53400", "40001", "55006",
			"55P03", "25006", "58030", "0" })
	void passes(String state) {
		assertThat(FailureKind.of(new SQLException("x", state))).isEqualTo(FailureKind.PASSING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "28000", "28P01", "3D000", "42501", "42P01", "55000", "42704", "58P01", "22023" })
	void remains(String state) {
		assertThat(FailureKind.of(new SQLException("x", state))).isEqualTo(FailureKind.PERMANENT);
	}

	@Test
	void anErrorWithoutStatePasses() {
		assertThat(FailureKind.of(new SQLException("x"))).isEqualTo(FailureKind.PASSING);
	}

}
