package io.kalam.operations;

/**
 * History could not be purged, as it has not come to what was committed before the call.
 */
public class PurgeDelayedException extends RuntimeException {

	PurgeDelayedException() {
		super("Nothing was purged: the journal is behind the database; look at the health of Kalam and try again");
	}

}
