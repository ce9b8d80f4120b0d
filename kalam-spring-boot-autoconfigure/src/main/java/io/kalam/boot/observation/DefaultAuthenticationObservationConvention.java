package io.kalam.boot.observation;

import io.micrometer.common.KeyValues;

/**
 * {@code kalam.authentication} with its outcome.
 */
public class DefaultAuthenticationObservationConvention implements AuthenticationObservationConvention {

	@Override
	public String getName() {
		return "kalam.authentication";
	}

	@Override
	public String getContextualName(AuthenticationObservationContext context) {
		return "authenticate client";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AuthenticationObservationContext context) {
		return KeyValues.of("outcome", context.outcome());
	}

}
