package io.kalam.query;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import io.kalam.codec.Codec;
import org.jspecify.annotations.Nullable;

/**
 * Values of one type, in which a value can be looked up.
 */
final class LiteralList {

	private final List<Literal> literals;

	private final String type;

	private final Codec<Object> codec;

	private final Object[] values;

	/**
	 * A list.
	 * @param type the type in SQL, qualified and quoted
	 * @param codec the codec of what is looked up
	 * @param literals literals of that type; integers may be wider. Their order and
	 * repetitions mean nothing
	 */
	LiteralList(String type, Codec<Object> codec, List<Literal> literals) {
		this.type = type;
		this.codec = codec;
		this.literals = literals.stream().distinct().sorted(Comparator.comparing(Literal::text)).toList();
		this.values = this.literals.stream().map(Literal::value).toArray();
		if (this.codec.ordered()) {
			Arrays.sort(this.values, this.codec::compare);
		}
	}

	/**
	 * The type of the values. Integers may be of two, and are of the wider one then.
	 * @return the type in SQL, qualified and quoted
	 */
	String type() {
		boolean wide = this.literals.stream().anyMatch((literal) -> literal.type().equals(ValueType.INT8));
		return wide ? ValueType.INT8 : this.type;
	}

	/**
	 * The values without repetitions, from the least to the greatest where they have an
	 * order.
	 */
	Object[] values() {
		return this.values;
	}

	Codec<Object> codec() {
		return this.codec;
	}

	List<Literal> literals() {
		return this.literals;
	}

	boolean contains(Object value) {
		if (this.codec.ordered()) {
			return containsOrdered(value);
		}
		for (Object candidate : this.values) {
			if (this.codec.compare(value, candidate) == 0) {
				return true;
			}
		}
		return false;
	}

	private boolean containsOrdered(Object value) {
		int low = 0;
		int high = this.values.length - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			int order = this.codec.compare(value, this.values[middle]);
			if (order == 0) {
				return true;
			}
			low = (order > 0) ? middle + 1 : low;
			high = (order < 0) ? middle - 1 : high;
		}
		return false;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof LiteralList list && this.type.equals(list.type) && this.literals.equals(list.literals);
	}

	@Override
	public int hashCode() {
		return this.literals.hashCode();
	}

}
