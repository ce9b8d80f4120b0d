package io.kalam.codec;

import java.util.Arrays;
import java.util.HexFormat;

import tools.jackson.core.JsonGenerator;

/**
 * {@code bytea}, in Postgres's hexadecimal form.
 */
final class ByteaCodec implements Codec<byte[]> {

	private static final String PREFIX = "\\x";

	@Override
	public Class<byte[]> type() {
		return byte[].class;
	}

	@Override
	public byte[] parse(String text) {
		if (!text.startsWith(PREFIX)) {
			throw TextCursor.refuse("bytea");
		}
		try {
			return HexFormat.of().parseHex(text, PREFIX.length(), text.length());
		}
		catch (IllegalArgumentException ex) {
			throw TextCursor.refuse("bytea");
		}
	}

	@Override
	public String print(byte[] value) {
		return PREFIX + HexFormat.of().formatHex(value);
	}

	@Override
	public void write(byte[] value, JsonGenerator out) {
		out.writeBinary(value);
	}

	@Override
	public String typeScriptType() {
		return "string";
	}

	@Override
	public boolean ordered() {
		return true;
	}

	@Override
	public boolean comparable() {
		return true;
	}

	@Override
	public boolean identifying() {
		return true;
	}

	@Override
	public int compare(byte[] left, byte[] right) {
		return Arrays.compareUnsigned(left, right);
	}

	@Override
	public int sizeOf(byte[] value) {
		return 16 + value.length;
	}

}
