package io.kalam.codec;

/**
 * Types whose value is their text: {@code text}, {@code varchar}, {@code name},
 * {@code "char"}, enums, and those of which no more is known here than how Postgres
 * prints them.
 */
final class TextCodec extends StringCodec {

	private final String name;

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
		super(order);
		this.name = name;
		this.maxBytes = maxBytes;
	}

	@Override
	public String parse(String text) {
		return checked(this.name, text, this.maxBytes);
	}

}
