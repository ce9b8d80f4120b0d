package io.kalam.testing;

import io.kalam.codec.Codec;
import io.kalam.codec.CodecException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Takes whatever Postgres prints, of any type, for a string.
 *
 * @param refused what can't be read all the same, {@code null} if everything can
 */
public record PrintedCodec(@Nullable String refused) implements Codec<String> {

	public static final PrintedCodec INSTANCE = new PrintedCodec(null);

	@Override
	public Class<String> type() {
		return String.class;
	}

	@Override
	public String parse(String text) {
		if (text.equals(this.refused)) {
			throw new CodecException("a test refuses a value");
		}
		return text;
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
	public boolean identifying() {
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
