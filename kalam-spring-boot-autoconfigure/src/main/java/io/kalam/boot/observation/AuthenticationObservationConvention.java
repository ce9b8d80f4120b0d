package io.kalam.boot.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How the authentication of a client is named and described. A bean of this type replaces
 * the {@linkplain DefaultAuthenticationObservationConvention default}.
 */
public interface AuthenticationObservationConvention extends ObservationConvention<AuthenticationObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof AuthenticationObservationContext;
	}

}
