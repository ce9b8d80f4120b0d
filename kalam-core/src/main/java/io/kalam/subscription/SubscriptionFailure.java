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

	static SubscriptionFailure notEvaluated() {
		return new SubscriptionFailure(ErrorCode.SUBSCRIPTION_FAILED, "A change could not be evaluated");
	}

	static SubscriptionFailure undecided(@Nullable Throwable cause) {
		return new SubscriptionFailure(ErrorCode.SUBSCRIPTION_FAILED,
				"It could not be decided what may be read; subscribe again later", cause);
	}

	static SubscriptionFailure unauthorized() {
		return new SubscriptionFailure(ErrorCode.UNAUTHORIZED, "The table may no longer be read");
	}

	static SubscriptionFailure windowTooLarge() {
		return new SubscriptionFailure(ErrorCode.SUBSCRIPTION_FAILED,
				"The rows of the window are larger than may be kept; lower LIMIT or select fewer columns");
	}

	static SubscriptionFailure unreadable() {
		return new SubscriptionFailure(ErrorCode.CONVERSION_ERROR,
				"A row holds a value that can't be told; select the other columns, or have the value corrected");
	}

	static SubscriptionFailure resyncRequired() {
		return new SubscriptionFailure(ErrorCode.RESYNC_REQUIRED,
				"The rows can no longer be kept up to date; subscribe again");
	}

	SubscriptionEvent.Failed of(String id) {
		return new SubscriptionEvent.Failed(id, this.code, String.valueOf(getMessage()));
	}

}
