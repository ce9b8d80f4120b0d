package io.kalam.query;

import io.kalam.codec.Codec;
import org.jspecify.annotations.Nullable;

/**
 * A value of a query in canonical form. Equal literals have the same type and the same
 * text.
 */
final class Literal {

	private final String type;

	private final Codec<Object> codec;

	private final Object value;

	private final String text;

	/**
	 * A value.
	 * @param type the type in SQL, qualified and quoted
	 * @param codec the codec of the values that it is compared with
	 * @param value the canonical value
	 */
	Literal(String type, Codec<Object> codec, Object value) {
		this.type = type;
		this.codec = codec;
		this.value = value;
		this.text = codec.print(value);
	}

	String type() {
		return this.type;
	}

	String text() {
		return this.text;
	}

	Object value() {
		return this.value;
	}

	Codec<Object> codec() {
		return this.codec;
	}

	int compare(Object columnValue) {
		return this.codec.compare(columnValue, this.value);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Literal literal && this.type.equals(literal.type) && this.text.equals(literal.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

}
