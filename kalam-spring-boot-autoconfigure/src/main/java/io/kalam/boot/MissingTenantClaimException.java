package io.kalam.boot;

import java.util.List;

/**
 * Tables have tenants, and nothing says which one a user belongs to.
 */
class MissingTenantClaimException extends RuntimeException {

	MissingTenantClaimException(List<String> types) {
		super("@RealtimeTable on " + String.join(", ", types)
				+ " names a tenant, and no claim of the tokens does: nobody could read a row.");
	}

	String action() {
		return "Set kalam.security.tenant-claim to the claim that holds a user's tenant.";
	}

}
