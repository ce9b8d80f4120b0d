package io.kalam.boot;

import java.time.Instant;

import io.kalam.protocol.CloseReason;
import io.kalam.websocket.AuthenticationFailure;
import io.kalam.websocket.ConnectionListener;
import io.kalam.websocket.PublishRefusal;
import io.kalam.websocket.UpgradeRefusal;

/**
 * Tells several listeners, in their order.
 *
 * @param all the listeners
 */
record ConnectionListeners(Listeners<ConnectionListener> all) implements ConnectionListener {

	@Override
	public void delivered(Instant commitTime) {
		this.all.tell((listener) -> listener.delivered(commitTime));
	}

	@Override
	public void authenticationFailed(AuthenticationFailure reason) {
		this.all.tell((listener) -> listener.authenticationFailed(reason));
	}

	@Override
	public void refused(UpgradeRefusal reason) {
		this.all.tell((listener) -> listener.refused(reason));
	}

	@Override
	public void publishRefused(PublishRefusal reason) {
		this.all.tell((listener) -> listener.publishRefused(reason));
	}

	@Override
	public void closed(CloseReason reason) {
		this.all.tell((listener) -> listener.closed(reason));
	}

}
