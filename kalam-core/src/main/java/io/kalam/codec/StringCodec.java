package io.kalam.codec;

import java.nio.charset.StandardCharsets;

import tools.jackson.core.JsonGenerator;

/**
 * Types whose value is their text, compared as their collation does.
 */
abstract class StringCodec implements Codec<String> {

	private final TextOrder order;

	StringCodec(TextOrder order) {
		this.order = order;
	}

	@Override
	public final Class<String> type() {
		return String.class;
	}

	@Override
	public final String print(String value) {
		return value;
	}

	@Override
	public void write(String value, JsonGenerator out) {
		out.writeString(value);
	}

	@Override
	public String typeScriptType() {
		return "string";
	}

	@Override
	public final boolean ordered() {
		return this.order == TextOrder.CODE_POINT;
	}

	@Override
	public final boolean comparable() {
		return this.order != TextOrder.UNKNOWN;
	}

	@Override
	public boolean identifying() {
		return comparable();
	}

	@Override
	public int compare(String left, String right) {
		return compare(left, right, left.length(), right.length());
	}

	/**
	 * Compares what two texts begin with.
	 * @param left a text
	 * @param right another one
	 * @param leftLength how much of the first counts
	 * @param rightLength how much of the other counts
	 * @return negative, zero or positive
	 */
	final int compare(String left, String right, int leftLength, int rightLength) {
		if (ordered()) {
			return TextOrder.compareCodePoints(left, right, leftLength, rightLength);
		}
		return (leftLength == rightLength && left.regionMatches(0, right, 0, leftLength)) ? 0 : 1;
	}

	@Override
	public final int sizeOf(String value) {
		return 48 + 2 * value.length();
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

	static boolean isStorable(String text) {
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

}
