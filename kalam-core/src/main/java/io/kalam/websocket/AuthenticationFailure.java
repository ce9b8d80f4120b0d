package io.kalam.websocket;

/**
 * Why a client could not be authenticated.
 */
public enum AuthenticationFailure {

	/** There is no token in the message. */
	NO_TOKEN,

	/**
	 * The decoder refuses the token: its signature, its issuer, or that it has expired.
	 */
	INVALID,

	/** It has expired, or never does. */
	EXPIRED,

	/** It names nobody. */
	NO_USER,

	/** It is another user's than the socket's. */
	OTHER_USER,

	/** No token came in time. */
	TIMEOUT,

	/** The user has as many sockets as a user may have. */
	TOO_MANY_SOCKETS,

	/** The token could not be looked at, which is not the client's fault. */
	UNAVAILABLE

}
