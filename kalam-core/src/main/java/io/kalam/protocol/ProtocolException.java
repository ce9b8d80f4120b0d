package io.kalam.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A message that is not as the protocol wants it. It is answered by an error; the socket
 * stays open.
 */
public class ProtocolException extends RuntimeException {

	private final @Nullable String subscriptionId;

	/**
	 * A message that can't be understood.
	 * @param message what the client should change; fit for a stranger
	 * @param subscriptionId the subscription that the message is about, {@code null} if
	 * it can't be told
	 */
	public ProtocolException(String message, @Nullable String subscriptionId) {
		super(message, null, false, false);
		this.subscriptionId = subscriptionId;
	}

	/**
	 * What the client should change.
	 * @return a message that is fit for a stranger
	 */
	@Override
	public String getMessage() {
		return String.valueOf(super.getMessage());
	}

	/**
	 * The subscription that the message is about.
	 * @return its id, or {@code null} if it can't be told
	 */
	public final @Nullable String subscriptionId() {
		return this.subscriptionId;
	}

}
