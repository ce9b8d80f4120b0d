package io.kalam.snapshot.r2dbc;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.r2dbc.postgresql.client.EncodedParameter;
import io.r2dbc.postgresql.codec.Codec;
import io.r2dbc.postgresql.message.Format;
import org.jspecify.annotations.Nullable;

/**
 * A value as its type's output function prints it, which is what Postgres sends in text
 * format. The driver's own codecs would make something else of some types.
 *
 * @param text what is printed
 */
record Printed(String text) {

	/** Takes values of all types, in text format. */
	static final Codec<Printed> CODEC = new PrintedCodec();

	private static final class PrintedCodec implements Codec<Printed> {

		@Override
		public boolean canDecode(int dataType, Format format, Class<?> type) {
			return type == Printed.class && format == Format.FORMAT_TEXT;
		}

		@Override
		public @Nullable Printed decode(@Nullable ByteBuf buffer, int dataType, Format format,
				Class<? extends Printed> type) {
			return (buffer != null) ? new Printed(buffer.toString(StandardCharsets.UTF_8)) : null;
		}

		@Override
		public boolean canEncode(Object value) {
			return false;
		}

		@Override
		public boolean canEncodeNull(Class<?> type) {
			return false;
		}

		@Override
		public EncodedParameter encode(Object value) {
			throw notAParameter();
		}

		@Override
		public EncodedParameter encode(Object value, int dataType) {
			throw notAParameter();
		}

		@Override
		public EncodedParameter encodeNull() {
			throw notAParameter();
		}

		private static UnsupportedOperationException notAParameter() {
			return new UnsupportedOperationException("A printed value is only read");
		}

	}

}
