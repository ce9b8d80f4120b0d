package io.kalam.testing;

import io.kalam.codec.Codec;
import tools.jackson.core.JsonGenerator;

/**
 * The codec of {@code text}, for tests of what is not about types.
 */
public final class TextCodec implements Codec<String> {

	/**
	 * The codec.
	 */
	public static final TextCodec INSTANCE = new TextCodec();

	private TextCodec() {
	}

	@Override
	public Class<String> type() {
		return String.class;
	}

	@Override
	public String parse(String text) {
		return text;
	}

	@Override
	public String adapt(Object value) {
		return (String) value;
	}

	@Override
	public String print(String value) {
		return value;
	}

	@Override
	public void write(String value, JsonGenerator out) {
		out.writeString(value);
	}

	@Override
	public boolean ordered() {
		return false;
	}

	@Override
	public boolean comparable() {
		return true;
	}

	@Override
	public int compare(String left, String right) {
		return left.compareTo(right);
	}

	@Override
	public int sizeOf(String value) {
		return 40 + 2 * value.length();
	}

}
