package io.kalam.protocol;

/**
 * Why a message was refused before it came to a subscription. Each is sent under its own
 * name, as those of {@link io.kalam.subscription.ErrorCode} are.
 */
public enum ProtocolError {

	/** Only {@code authenticate} is understood before authentication. */
	AUTH_REQUIRED,

	/** The message is longer than messages may be. */
	MESSAGE_TOO_LARGE,

	/** Too many messages, or too many sockets. */
	RATE_LIMIT_EXCEEDED,

	/** The message is not as the protocol wants it. */
	PROTOCOL

}
