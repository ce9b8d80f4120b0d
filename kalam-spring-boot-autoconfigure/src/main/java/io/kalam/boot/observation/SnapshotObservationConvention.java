package io.kalam.boot.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How the reading of a snapshot is named and described. A bean of this type replaces the
 * {@linkplain DefaultSnapshotObservationConvention default}.
 */
public interface SnapshotObservationConvention extends ObservationConvention<SnapshotObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof SnapshotObservationContext;
	}

}
