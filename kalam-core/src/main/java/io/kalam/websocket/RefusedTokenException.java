package io.kalam.websocket;

/**
 * A token is not good. The message is fit for the client and never holds the token.
 */
public final class RefusedTokenException extends RuntimeException {

	private final AuthenticationFailure reason;

	/**
	 * A token is refused.
	 * @param reason why
	 * @param message why, for the client
	 */
	public RefusedTokenException(AuthenticationFailure reason, String message) {
		super(message, null, false, false);
		this.reason = reason;
	}

	/**
	 * Why it is refused.
	 * @return the reason
	 */
	public AuthenticationFailure reason() {
		return this.reason;
	}

}
