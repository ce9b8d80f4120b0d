package io.kalam.boot.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How the resuming of a client is named and described. A bean of this type replaces the
 * {@linkplain DefaultResumeObservationConvention default}.
 */
public interface ResumeObservationConvention extends ObservationConvention<ResumeObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ResumeObservationContext;
	}

}
