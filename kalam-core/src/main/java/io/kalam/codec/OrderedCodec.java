package io.kalam.codec;

/**
 * Types whose Java values are equal and ordered as Postgres's are.
 *
 * @param <T> the canonical Java type
 */
abstract class OrderedCodec<T extends Comparable<T>> implements Codec<T> {

	@Override
	public String typeScriptType() {
		return "string";
	}

	@Override
	public final boolean ordered() {
		return true;
	}

	@Override
	public final boolean comparable() {
		return true;
	}

	@Override
	public final int compare(T left, T right) {
		return left.compareTo(right);
	}

}
