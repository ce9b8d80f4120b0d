package io.kalam.subscription;

import java.util.List;

import io.kalam.access.AccessDecision;

/**
 * A condition of a policy, and the same as a part of a query.
 *
 * @param condition the condition
 * @param values its values
 * @param sql the same with the values in it
 */
record AccessRuleDraft(String condition, List<Object> values, String sql) {

	static final AccessRuleDraft NONE = new AccessRuleDraft("TRUE", List.of(), "TRUE");

	AccessDecision decision() {
		return equals(NONE) ? AccessDecision.all() : AccessDecision.where(this.condition, this.values.toArray());
	}

}
