package io.kalam.codec;

import tools.jackson.core.JsonGenerator;

/**
 * {@code json} and {@code jsonb}: JSON text, passed on as it is. Postgres has seen to it
 * that it is JSON, and for {@code jsonb} that it is spelt in one way, so that two values
 * can be told apart.
 */
final class JsonCodec extends StringCodec {

	private final boolean binary;

	JsonCodec(boolean binary) {
		super(binary ? TextOrder.EQUALITY : TextOrder.UNKNOWN);
		this.binary = binary;
	}

	@Override
	public String parse(String text) {
		return text;
	}

	@Override
	public void write(String value, JsonGenerator out) {
		out.writeRawValue(value);
	}

	@Override
	public String typeScriptType() {
		return "unknown";
	}

	@Override
	public boolean identifying() {
		return false;
	}

	@Override
	public int compare(String left, String right) {
		return (this.binary && Jsonb.equal(left, right)) ? 0 : 1;
	}

}
