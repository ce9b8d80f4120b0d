package io.kalam.boot;

import java.util.List;

/**
 * An access policy that decides about nothing that there is: what it was meant to protect
 * would not be.
 */
class InvalidAccessPolicyException extends RuntimeException {

	private final List<String> tables;

	/**
	 * A policy names tables that are not realtime.
	 * @param policy the policy
	 * @param unknown the tables
	 * @param tables the realtime tables
	 */
	InvalidAccessPolicyException(String policy, List<String> unknown, List<String> tables) {
		super("The access policy " + policy + " decides about " + String.join(", ", unknown)
				+ ", and no realtime table has that name.");
		this.tables = tables;
	}

	String action() {
		return "Name tables as their entities do (" + String.join(", ", this.tables)
				+ "), or none for a policy that decides about all of them.";
	}

}
