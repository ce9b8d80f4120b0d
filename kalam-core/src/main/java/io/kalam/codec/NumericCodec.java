package io.kalam.codec;

import tools.jackson.core.JsonGenerator;

/**
 * {@code numeric}.
 */
final class NumericCodec extends OrderedCodec<Numeric> {

	@Override
	public Class<Numeric> type() {
		return Numeric.class;
	}

	@Override
	public Numeric parse(String text) {
		return Numeric.parse(text);
	}

	@Override
	public String print(Numeric value) {
		return value.toString();
	}

	@Override
	public void write(Numeric value, JsonGenerator out) {
		out.writeString(value.toString());
	}

	@Override
	public boolean identifying() {
		return false;
	}

	@Override
	public int sizeOf(Numeric value) {
		return value.size();
	}

}
