package io.kalam.codec;

import tools.jackson.core.JsonGenerator;

/**
 * {@code json} and {@code jsonb}: JSON text, passed on as it is and not compared.
 * Postgres has seen to it that it is JSON.
 */
final class JsonCodec extends StringCodec {

	JsonCodec() {
		super(TextOrder.UNKNOWN);
	}

	@Override
	public String parse(String text) {
		return text;
	}

	@Override
	public void write(String value, JsonGenerator out) {
		out.writeRawValue(value);
	}

}
