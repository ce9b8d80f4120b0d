package io.kalam.codec;

import java.nio.charset.StandardCharsets;

import tools.jackson.core.JsonGenerator;

/**
 * Types whose value is their text: {@code text}, {@code varchar}, {@code name},
 * {@code "char"}, enums, and those of which no more is known here than how Postgres
 * prints them.
 */
final class TextCodec implements Codec<String> {

	private final String name;

	private final TextOrder order;

	private final int maxBytes;

	TextCodec(String name, TextOrder order) {
		this(name, order, Integer.MAX_VALUE);
	}

	/**
	 * A codec of a type of limited length.
	 * @param name the type's name
	 * @param order how values compare
	 * @param maxBytes how many bytes a value may have; the input function cuts off what
	 * is longer
	 */
	TextCodec(String name, TextOrder order, int maxBytes) {
		this.name = name;
		this.order = order;
		this.maxBytes = maxBytes;
	}

	@Override
	public Class<String> type() {
		return String.class;
	}

	@Override
	public String parse(String text) {
		return checked(this.name, text, this.maxBytes);
	}

	/**
	 * Refuses what no database holds: too long a text, the character 0, half a surrogate
	 * pair.
	 * @param type the type's name
	 * @param text the text
	 * @param maxBytes how many bytes it may have
	 * @return the text
	 */
	static String checked(String type, String text, int maxBytes) {
		boolean tooLong = maxBytes < Integer.MAX_VALUE && text.getBytes(StandardCharsets.UTF_8).length > maxBytes;
		if (tooLong || !isStorable(text)) {
			throw TextCursor.refuse(type);
		}
		return text;
	}

	private static boolean isStorable(String text) {
		int length = text.length();
		for (int i = 0; i < length; i++) {
			char character = text.charAt(i);
			if (character == 0) {
				return false;
			}
			if (Character.isSurrogate(character)) {
				boolean pair = i + 1 < length && Character.isSurrogatePair(character, text.charAt(i + 1));
				if (!pair) {
					return false;
				}
				i++;
			}
		}
		return true;
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
		return this.order == TextOrder.CODE_POINT;
	}

	@Override
	public boolean comparable() {
		return this.order != TextOrder.UNKNOWN;
	}

	@Override
	public boolean identifying() {
		return comparable();
	}

	@Override
	public int compare(String left, String right) {
		if (this.order != TextOrder.CODE_POINT) {
			return left.equals(right) ? 0 : 1;
		}
		return TextOrder.compareCodePoints(left, right, left.length(), right.length());
	}

	@Override
	public int sizeOf(String value) {
		return sizeOfText(value);
	}

	static int sizeOfText(String value) {
		return 48 + 2 * value.length();
	}

}
