package io.kalam.capture.debezium;

import io.kalam.codec.Codec;
import io.kalam.codec.CodecException;
import tools.jackson.core.JsonGenerator;

/**
 * Leaves a value as it was sent, and refuses one that a test has chosen.
 */
record AsSent(String refused) implements Codec<String> {

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
	public boolean identifying() {
		return true;
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
		return 24 + value.length();
	}

}
