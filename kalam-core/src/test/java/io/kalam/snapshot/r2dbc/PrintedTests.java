package io.kalam.snapshot.r2dbc;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.Unpooled;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.postgresql.message.Format;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PrintedTests {

	@Test
	void isWhatIsPrintedWhateverTheType() {
		assertThat(PostgresqlObjectId.values()).allSatisfy((type) -> {
			int id = type.getObjectId();
			assertThat(Printed.CODEC.canDecode(id, Format.FORMAT_TEXT, Printed.class)).isTrue();
			assertThat(Printed.CODEC.decode(Unpooled.copiedBuffer("größe \uD83D\uDE00", StandardCharsets.UTF_8), id,
					Format.FORMAT_TEXT, Printed.class))
				.isEqualTo(new Printed("größe \uD83D\uDE00"));
			assertThat(Printed.CODEC.decode(null, id, Format.FORMAT_TEXT, Printed.class)).isNull();
		});
	}

	/**
	 * The bytes of another format would be taken for text.
	 */
	@Test
	void binaryFormatIsRefused() {
		assertThat(PostgresqlObjectId.values()).allSatisfy(
				(type) -> assertThat(Printed.CODEC.canDecode(type.getObjectId(), Format.FORMAT_BINARY, Printed.class))
					.isFalse());
	}

	@Test
	void whatTheDriverReadsItselfIsLeftToIt() {
		assertThat(Format.values()).allSatisfy((format) -> assertThat(
				Printed.CODEC.canDecode(PostgresqlObjectId.INT4.getObjectId(), format, String.class))
			.isFalse());
	}

	@Test
	void isNoParameter() {
		assertThat(Printed.CODEC.canEncode(new Printed("1"))).isFalse();
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> Printed.CODEC.encode(new Printed("1")));
	}

}
