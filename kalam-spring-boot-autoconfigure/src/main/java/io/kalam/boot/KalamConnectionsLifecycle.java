package io.kalam.boot;

import io.kalam.websocket.RealtimeConnections;

import org.springframework.context.SmartLifecycle;

/**
 * Sends clients away before the web server stops accepting requests, so that they come
 * back to another node, or to this one when it is up again.
 */
final class KalamConnectionsLifecycle implements SmartLifecycle {

	private final RealtimeConnections connections;

	private volatile boolean running;

	KalamConnectionsLifecycle(RealtimeConnections connections) {
		this.connections = connections;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.connections.drain().doFinally((signal) -> callback.run()).subscribe();
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return SmartLifecycle.DEFAULT_PHASE - 512;
	}

}
