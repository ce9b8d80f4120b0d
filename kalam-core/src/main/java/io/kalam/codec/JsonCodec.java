package io.kalam.codec;

import tools.jackson.core.JsonGenerator;

/**
 * {@code json} and {@code jsonb}: JSON text, passed on as it is. Postgres has seen to it
 * that it is JSON.
 */
final class JsonCodec implements Codec<String> {

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
		out.writeRawValue(value);
	}

	@Override
	public boolean ordered() {
		return false;
	}

	@Override
	public boolean comparable() {
		return false;
	}

	@Override
	public boolean identifying() {
		return false;
	}

	@Override
	public int compare(String left, String right) {
		return left.equals(right) ? 0 : 1;
	}

	@Override
	public int sizeOf(String value) {
		return TextCodec.sizeOfText(value);
	}

}
