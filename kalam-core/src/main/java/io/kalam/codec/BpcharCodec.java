package io.kalam.codec;

/**
 * {@code char(n)}: padded with blanks, which mean nothing when values are compared.
 */
final class BpcharCodec extends StringCodec {

	private static final int MODIFIER_HEADER = 4;

	private final int length;

	/**
	 * A codec of some length.
	 * @param order how values compare
	 * @param modifier the type modifier, -1 for a type without a length
	 */
	BpcharCodec(TextOrder order, int modifier) {
		super(order);
		this.length = modifier - MODIFIER_HEADER;
	}

	@Override
	public String parse(String text) {
		checked("bpchar", text, Integer.MAX_VALUE);
		int missing = this.length - text.codePointCount(0, text.length());
		return (missing > 0) ? text + " ".repeat(missing) : text;
	}

	@Override
	public boolean identifying() {
		return comparable() && this.length > 0;
	}

	@Override
	public int compare(String left, String right) {
		return compare(left, right, trimmedLength(left), trimmedLength(right));
	}

	private static int trimmedLength(String text) {
		int length = text.length();
		while (length > 0 && text.charAt(length - 1) == ' ') {
			length--;
		}
		return length;
	}

}
