package io.kalam.boot.observation;

import io.micrometer.common.KeyValues;

/**
 * {@code kalam.resume} with its table and outcome.
 */
public class DefaultResumeObservationConvention implements ResumeObservationConvention {

	@Override
	public String getName() {
		return "kalam.resume";
	}

	@Override
	public String getContextualName(ResumeObservationContext context) {
		return "resume " + context.table();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ResumeObservationContext context) {
		return KeyValues.of("outcome", context.outcome(), "table", context.table());
	}

}
