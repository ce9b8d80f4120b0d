package io.kalam.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.ObjectUtils;

/**
 * What a {@link RealtimeAccessPolicy} has decided. It can only narrow what the table's
 * annotation allows.
 */
public sealed interface AccessDecision {

	/**
	 * The table can't be read: for this user it does not exist.
	 * @return the decision
	 */
	static AccessDecision none() {
		return new None();
	}

	/**
	 * All can be read that the table's annotation allows.
	 * @return the decision
	 */
	static AccessDecision all() {
		return new All();
	}

	/**
	 * Of the rows that the table's annotation allows, those can be read for which a
	 * condition is true.
	 * @param condition a condition of the live query language on the table's columns,
	 * shown by the client's query or not, such as {@code project_id = ANY ($1)}. Values
	 * are bound: it may hold no string and no number of its own
	 * @param values the values of {@code $1} and so on: strings, numbers, booleans,
	 * {@code null}, collections or arrays of those for {@code ANY} (an empty one has no
	 * rows), and whatever prints itself as Postgres reads it ({@code UUID},
	 * {@code Instant}, enums)
	 * @return the decision
	 */
	static AccessDecision where(String condition, @Nullable Object... values) {
		Assert.hasText(condition, "condition must not be empty");
		return new Where(condition, Where.plain(Arrays.asList(values)));
	}

	/**
	 * Nothing can be read.
	 */
	record None() implements AccessDecision {

	}

	/**
	 * All can be read.
	 */
	record All() implements AccessDecision {

	}

	/**
	 * The rows can be read for which a condition is true.
	 *
	 * @param condition the condition
	 * @param values its values: strings, numbers, booleans, nulls and lists of those
	 */
	record Where(String condition, List<@Nullable Object> values) implements AccessDecision {

		private static List<@Nullable Object> plain(Collection<? extends @Nullable Object> values) {
			List<@Nullable Object> plain = new ArrayList<>(values.size());
			values.forEach((value) -> plain.add(plain(value)));
			return Collections.unmodifiableList(plain);
		}

		private static @Nullable Object plain(@Nullable Object value) {
			if (value == null || value instanceof Boolean || value instanceof Number) {
				return value;
			}
			if (value instanceof Collection<?> collection) {
				return plain(collection);
			}
			if (value.getClass().isArray()) {
				return plain(Arrays.asList(ObjectUtils.toObjectArray(value)));
			}
			return (value instanceof Enum<?> constant) ? constant.name() : value.toString();
		}

		/**
		 * Holds no value: what a user may read must not reach a log.
		 */
		@Override
		public String toString() {
			return "Where " + this.condition;
		}

	}

}
