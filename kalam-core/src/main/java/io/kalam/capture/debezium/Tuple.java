package io.kalam.capture.debezium;

import org.jspecify.annotations.Nullable;

/**
 * The values of a row as Postgres printed them, in the order of the relation's columns.
 */
final class Tuple {

	private final @Nullable String[] values;

	private final boolean complete;

	/**
	 * A row that takes over an array of values.
	 * @param values the values; {@code null} for SQL's null
	 * @param complete whether all values are known
	 */
	Tuple(@Nullable String[] values, boolean complete) {
		this.values = values;
		this.complete = complete;
	}

	@Nullable String get(int place) {
		return this.values[place];
	}

	boolean isComplete() {
		return this.complete;
	}

}
