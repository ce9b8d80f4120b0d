package io.kalam.boot;

import java.util.List;

import io.kalam.access.AccessDecider;
import io.kalam.access.RealtimeAccessPolicy;
import io.kalam.partition.RealtimeTableDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The realtime tables that the application wants.
 *
 * @param definitions what its classes say
 */
record RealtimeEntities(List<RealtimeTableDefinition> definitions) {

	RealtimeEntities {
		definitions = List.copyOf(definitions);
	}

	/**
	 * Whether there is nothing to do.
	 */
	boolean isEmpty() {
		return this.definitions.isEmpty();
	}

	/**
	 * Whether some of them are streams.
	 */
	boolean hasStreams() {
		return this.definitions.stream().anyMatch((definition) -> definition.stream() != null);
	}

	/**
	 * Refuses tenants of whom no token says anything.
	 * @param tenantClaim the claim, if there is one
	 */
	void checkTenants(@Nullable String tenantClaim) {
		List<String> tenanted = this.definitions.stream()
			.filter((definition) -> definition.tenant() != null)
			.map((definition) -> definition.table().origin())
			.toList();
		if (!tenanted.isEmpty() && tenantClaim == null) {
			throw new MissingTenantClaimException(tenanted);
		}
	}

	/**
	 * Refuses a policy for something that is no realtime table.
	 */
	void check(RealtimeAccessPolicy policy) {
		List<String> unknown = AccessDecider.unknownTables(policy, this.definitions);
		if (!unknown.isEmpty()) {
			throw new InvalidAccessPolicyException(policy.name(), unknown,
					this.definitions.stream().map((definition) -> definition.table().reference().toString()).toList());
		}
	}

}
