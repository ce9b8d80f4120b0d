package io.kalam.operations;

import io.kalam.subscription.ErrorCode;

/**
 * A stream could not be started or kept up.
 */
public sealed class RealtimeStreamException extends RuntimeException
		permits CursorExpiredException, RowConversionException {

	private final ErrorCode code;

	RealtimeStreamException(ErrorCode code, String message) {
		super(message);
		this.code = code;
	}

	static RealtimeStreamException of(ErrorCode code, String message) {
		return (code == ErrorCode.CURSOR_EXPIRED) ? new CursorExpiredException(message)
				: new RealtimeStreamException(code, message);
	}

	/**
	 * Why, as clients of the socket are told.
	 * @return the code
	 */
	public ErrorCode code() {
		return this.code;
	}

}
