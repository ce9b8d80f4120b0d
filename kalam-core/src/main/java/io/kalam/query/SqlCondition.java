package io.kalam.query;

import java.util.List;

/**
 * A condition in SQL. The text is ours from end to end: identifiers come quoted from the
 * catalog, values are parameters.
 *
 * @param text a boolean expression; the n-th parameter is written {@code ($n)::type}
 * @param parameters the values of {@code $1}…, each as text that the type in the
 * expression reads
 */
public record SqlCondition(String text, List<String> parameters) {

	/**
	 * The condition that always holds.
	 */
	public static final SqlCondition TRUE = new SqlCondition("true", List.of());

	public SqlCondition {
		parameters = List.copyOf(parameters);
	}

}
