package io.kalam.boot.observation;

import io.kalam.websocket.RefusedTokenException;

/**
 * What is recorded of an error: its type. Messages and causes may hold values, SQL or
 * parts of a token, and are in the log.
 */
final class ObservedFailure extends RuntimeException {

	private ObservedFailure(String type) {
		super(type, null, false, false);
	}

	/**
	 * Makes an error fit to be recorded.
	 * @param ex the error
	 * @return its stand-in; the refusal of a token, which holds nothing of it, itself
	 */
	static Throwable of(Throwable ex) {
		return (ex instanceof RefusedTokenException) ? ex : new ObservedFailure(ex.getClass().getName());
	}

}
