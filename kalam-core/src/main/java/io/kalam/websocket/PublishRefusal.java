package io.kalam.websocket;

import io.kalam.subscription.ErrorCode;

/**
 * Why a client may not tell an event, or hold it any longer.
 */
public enum PublishRefusal {

	/** There is no such stream of which this user may tell events. */
	NOT_FOUND,

	/** The user may tell events of the stream, but not this one, or no longer. */
	UNAUTHORIZED,

	/** It is no event of the stream, or too large. */
	INVALID,

	/** It can't be held. */
	UNSUPPORTED,

	/** The socket holds as many events as it may. */
	TOO_MANY_HELD,

	/** As many events of the socket wait to be told as may. */
	TOO_MANY_WAITING,

	/** It could not be written, or a policy has failed. */
	FAILED;

	static PublishRefusal of(ErrorCode code) {
		return switch (code) {
			case NOT_FOUND -> NOT_FOUND;
			case UNAUTHORIZED -> UNAUTHORIZED;
			case CONVERSION_ERROR -> INVALID;
			case UNSUPPORTED -> UNSUPPORTED;
			case SUBSCRIPTION_LIMIT_EXCEEDED -> TOO_MANY_HELD;
			default -> FAILED;
		};
	}

}
