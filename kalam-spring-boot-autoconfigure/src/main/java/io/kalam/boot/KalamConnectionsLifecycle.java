package io.kalam.boot;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.kalam.pipeline.RealtimePipeline;
import io.kalam.websocket.RealtimeConnections;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Sends clients away before the web server stops accepting requests, so that they come
 * back to another node, or to this one when it is up again. Before that the slot is
 * released: what every client is marked with is not behind what was acknowledged, so that
 * whoever reads the slot next can go on from there without a journal of its own.
 */
final class KalamConnectionsLifecycle implements SmartLifecycle {

	private static final Duration STOP = Duration.ofSeconds(3);

	private final RealtimeConnections connections;

	private final RealtimePipeline pipeline;

	private volatile boolean running;

	KalamConnectionsLifecycle(RealtimeConnections connections, RealtimePipeline pipeline) {
		this.connections = connections;
		this.pipeline = pipeline;
	}

	@Override
	public void start() {
		this.connections.open();
		this.running = true;
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.connections.drain(Mono.defer(this::stopPipeline)).doFinally((signal) -> callback.run()).subscribe();
	}

	private Mono<Void> stopPipeline() {
		CompletableFuture<Void> stopped = CompletableFuture.runAsync(this.pipeline::stop,
				(task) -> new Thread(task, "kalam-stop").start());
		return Mono.fromFuture(stopped, true).timeout(STOP);
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
