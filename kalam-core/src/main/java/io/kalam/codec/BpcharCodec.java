package io.kalam.codec;

import tools.jackson.core.JsonGenerator;

/**
 * {@code char(n)}: padded with blanks, which mean nothing when values are compared.
 */
final class BpcharCodec implements Codec<String> {

	private static final int MODIFIER_HEADER = 4;

	private final TextOrder order;

	private final int length;

	/**
	 * A codec of some length.
	 * @param order how values compare
	 * @param modifier the type modifier, -1 for a type without a length
	 */
	BpcharCodec(TextOrder order, int modifier) {
		this.order = order;
		this.length = modifier - MODIFIER_HEADER;
	}

	@Override
	public Class<String> type() {
		return String.class;
	}

	@Override
	public String parse(String text) {
		TextCodec.checked("bpchar", text, Integer.MAX_VALUE);
		int missing = this.length - text.codePointCount(0, text.length());
		return (missing > 0) ? text + " ".repeat(missing) : text;
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
		return comparable() && this.length > 0;
	}

	@Override
	public int compare(String left, String right) {
		int leftLength = trimmedLength(left);
		int rightLength = trimmedLength(right);
		if (this.order == TextOrder.CODE_POINT) {
			return TextOrder.compareCodePoints(left, right, leftLength, rightLength);
		}
		return (leftLength == rightLength && left.regionMatches(0, right, 0, leftLength)) ? 0 : 1;
	}

	private static int trimmedLength(String text) {
		int length = text.length();
		while (length > 0 && text.charAt(length - 1) == ' ') {
			length--;
		}
		return length;
	}

	@Override
	public int sizeOf(String value) {
		return TextCodec.sizeOfText(value);
	}

}
