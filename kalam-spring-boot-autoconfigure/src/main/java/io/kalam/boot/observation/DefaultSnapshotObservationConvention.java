package io.kalam.boot.observation;

import io.micrometer.common.KeyValues;

/**
 * {@code kalam.snapshot} with its table and outcome, and the number of its rows.
 */
public class DefaultSnapshotObservationConvention implements SnapshotObservationConvention {

	@Override
	public String getName() {
		return "kalam.snapshot";
	}

	@Override
	public String getContextualName(SnapshotObservationContext context) {
		return "snapshot " + context.table();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(SnapshotObservationContext context) {
		return KeyValues.of("outcome", context.outcome(), "table", context.table());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(SnapshotObservationContext context) {
		return KeyValues.of("rows", Long.toString(context.rows()));
	}

}
