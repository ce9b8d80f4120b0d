package io.kalam.access;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A condition that a policy has set on the rows of a table.
 *
 * @param policy which policy, for messages
 * @param condition the condition, in the live query language
 * @param values its values
 */
public record AccessRule(String policy, String condition, List<@Nullable Object> values) {

	/**
	 * Holds no value: what a user may read must not reach a log.
	 */
	@Override
	public String toString() {
		return "Rule of " + this.policy;
	}

}
