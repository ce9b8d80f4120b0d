package io.kalam.websocket;

import java.time.Instant;

import io.kalam.protocol.CloseReason;

/**
 * Is told what becomes of sockets. Called by the threads that serve them; has to return
 * at once.
 */
public interface ConnectionListener {

	/**
	 * Listens to nothing.
	 */
	ConnectionListener NONE = new ConnectionListener() {
	};

	/**
	 * Live changes have been written to a socket. Called once for each write that holds
	 * some, which may be of several commits.
	 * @param commitTime when the first of these commits was made, by the database's clock
	 */
	default void delivered(Instant commitTime) {
	}

	/**
	 * A client could not be authenticated.
	 * @param reason why
	 */
	default void authenticationFailed(AuthenticationFailure reason) {
	}

	/**
	 * A request for a socket or an event stream was refused.
	 * @param reason why
	 */
	default void refused(UpgradeRefusal reason) {
	}

	/**
	 * A client may not tell an event, or hold it any longer.
	 * @param reason why
	 */
	default void publishRefused(PublishRefusal reason) {
	}

	/**
	 * The server closes a socket.
	 * @param reason why
	 */
	default void closed(CloseReason reason) {
	}

}
