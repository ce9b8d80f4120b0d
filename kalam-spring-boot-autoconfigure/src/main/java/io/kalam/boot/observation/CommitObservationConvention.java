package io.kalam.boot.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How the publishing of a commit is named and described. A bean of this type replaces the
 * {@linkplain DefaultCommitObservationConvention default}.
 */
public interface CommitObservationConvention extends ObservationConvention<CommitObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof CommitObservationContext;
	}

}
