package io.kalam.operations;

import io.kalam.subscription.ErrorCode;

/**
 * A client may not tell an event. The message is for the client: it says what to change
 * and holds nothing that the client did not say.
 */
public class PublishRefusedException extends RuntimeException {

	private final ErrorCode code;

	/**
	 * An event is refused.
	 * @param code what is wrong
	 * @param message what to change
	 */
	public PublishRefusedException(ErrorCode code, String message) {
		super(message);
		this.code = code;
	}

	/**
	 * What is wrong.
	 * @return the protocol's code
	 */
	public ErrorCode code() {
		return this.code;
	}

}
