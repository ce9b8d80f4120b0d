package io.kalam.boot.observation;

import io.micrometer.common.KeyValues;

/**
 * {@code kalam.commit} with its outcome, and the number of its changes.
 */
public class DefaultCommitObservationConvention implements CommitObservationConvention {

	@Override
	public String getName() {
		return "kalam.commit";
	}

	@Override
	public String getContextualName(CommitObservationContext context) {
		return "publish commit";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(CommitObservationContext context) {
		return KeyValues.of("outcome", context.outcome());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(CommitObservationContext context) {
		return KeyValues.of("changes", Integer.toString(context.changes()));
	}

}
