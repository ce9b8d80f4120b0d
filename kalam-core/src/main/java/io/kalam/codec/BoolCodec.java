package io.kalam.codec;

import tools.jackson.core.JsonGenerator;

/**
 * {@code bool}; false before true.
 */
final class BoolCodec extends OrderedCodec<Boolean> {

	@Override
	public Class<Boolean> type() {
		return Boolean.class;
	}

	@Override
	public Boolean parse(String text) {
		return switch (text) {
			case "t", "true" -> true;
			case "f", "false" -> false;
			default -> throw TextCursor.refuse("bool");
		};
	}

	@Override
	public String print(Boolean value) {
		return value ? "t" : "f";
	}

	@Override
	public void write(Boolean value, JsonGenerator out) {
		out.writeBoolean(value);
	}

	@Override
	public String typeScriptType() {
		return "boolean";
	}

	@Override
	public boolean identifying() {
		return true;
	}

	@Override
	public int sizeOf(Boolean value) {
		return 1;
	}

}
