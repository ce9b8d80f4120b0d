package io.kalam.boot.actuate;

/**
 * What was asked for makes no sense. The message says what to ask instead.
 */
final class RefusedRequestException extends RuntimeException {

	RefusedRequestException(String message) {
		super(message, null, false, false);
	}

}
