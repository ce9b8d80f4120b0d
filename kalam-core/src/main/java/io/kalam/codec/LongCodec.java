package io.kalam.codec;

/**
 * Dates and times that are counted from some moment, in Postgres's own units and with its
 * own infinities.
 */
abstract class LongCodec extends OrderedCodec<Long> {

	static final long INFINITY = Long.MAX_VALUE;

	static final long NEGATIVE_INFINITY = Long.MIN_VALUE;

	@Override
	public final Class<Long> type() {
		return Long.class;
	}

	@Override
	public final boolean identifying() {
		return true;
	}

	@Override
	public final int sizeOf(Long value) {
		return 24;
	}

	static String printInfinity(long value) {
		return (value == INFINITY) ? "infinity" : "-infinity";
	}

	static boolean isFinite(long value) {
		return value != INFINITY && value != NEGATIVE_INFINITY;
	}

}
