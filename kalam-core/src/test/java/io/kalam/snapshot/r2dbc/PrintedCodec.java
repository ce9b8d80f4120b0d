package io.kalam.snapshot.r2dbc;

import io.kalam.codec.Codec;
import tools.jackson.core.JsonGenerator;

/**
 * Takes whatever Postgres prints, of any type, for a string.
 */
final class PrintedCodec implements Codec<String> {

	static final PrintedCodec INSTANCE = new PrintedCodec();

	private PrintedCodec() {
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
