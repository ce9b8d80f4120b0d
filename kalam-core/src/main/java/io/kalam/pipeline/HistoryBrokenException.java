package io.kalam.pipeline;

/**
 * History can't be continued as it is: where it goes on has to be decided again.
 */
final class HistoryBrokenException extends RuntimeException {

	HistoryBrokenException(String message) {
		super(message);
	}

}
