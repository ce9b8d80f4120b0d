package io.kalam.subscription;

import org.jspecify.annotations.Nullable;

/**
 * A subscription can't be started or kept up. The message is fit for a stranger.
 */
final class SubscriptionFailure extends RuntimeException {

	private final ErrorCode code;

	SubscriptionFailure(ErrorCode code, String message) {
		this(code, message, null);
	}

	SubscriptionFailure(ErrorCode code, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.code = code;
	}

	ErrorCode code() {
		return this.code;
	}

	SubscriptionEvent.Failed of(String id) {
		return new SubscriptionEvent.Failed(id, this.code, String.valueOf(getMessage()));
	}

}
