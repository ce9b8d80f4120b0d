package io.kalam.websocket;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kalam.protocol.CloseReason;

/**
 * Keeps what it is told.
 */
final class ToldConnectionListener implements ConnectionListener {

	final List<Object> told = new CopyOnWriteArrayList<>();

	@Override
	public void delivered(Instant commitTime) {
		this.told.add(commitTime);
	}

	@Override
	public void authenticationFailed(AuthenticationFailure reason) {
		this.told.add(reason);
	}

	@Override
	public void refused(UpgradeRefusal reason) {
		this.told.add(reason);
	}

	@Override
	public void publishRefused(PublishRefusal reason) {
		this.told.add(reason);
	}

	@Override
	public void closed(CloseReason reason) {
		this.told.add(reason);
	}

}
