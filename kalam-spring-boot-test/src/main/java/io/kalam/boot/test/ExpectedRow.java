package io.kalam.boot.test;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Some columns of a row and the values that they should have. A value is compared as what
 * it is: {@code 1}, {@code 1L} and {@code "1"} all fit a {@code bigint} of 1, and an
 * {@code Instant} fits a {@code timestamptz} whatever its digits. Other columns may have
 * any value. Immutable.
 */
public final class ExpectedRow {

	private final Map<String, @Nullable Object> values;

	private ExpectedRow(Map<String, @Nullable Object> values) {
		this.values = Collections.unmodifiableMap(values);
	}

	/**
	 * A row with a value in a column.
	 * @param column the column's name in the database
	 * @param value its value
	 * @return the row
	 */
	public static ExpectedRow row(String column, @Nullable Object value) {
		return new ExpectedRow(Map.of()).and(column, value);
	}

	/**
	 * The same row with a value in another column.
	 * @param column the column's name in the database
	 * @param value its value
	 * @return the row
	 */
	public ExpectedRow and(String column, @Nullable Object value) {
		Map<String, @Nullable Object> all = new LinkedHashMap<>(this.values);
		all.put(column, value);
		return new ExpectedRow(all);
	}

	boolean matches(RealtimeTestRow row) {
		return this.values.entrySet().stream().allMatch((entry) -> matches(row, entry.getKey(), entry.getValue()));
	}

	private static boolean matches(RealtimeTestRow row, String column, @Nullable Object value) {
		if (!row.has(column)) {
			return false;
		}
		if (value == null || value instanceof String) {
			return Objects.equals(row.get(column), value);
		}
		try {
			Object actual = row.get(column, value.getClass());
			return (value instanceof BigDecimal number)
					? actual instanceof BigDecimal other && number.compareTo(other) == 0
					: Objects.deepEquals(actual, value);
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	@Override
	public String toString() {
		return this.values.toString();
	}

}
