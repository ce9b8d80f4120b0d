package io.kalam.websocket;

import java.time.Duration;

import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * WebFlux on Reactor Netty.
 */
final class NettyContainer implements TestContainer {

	private final DisposableServer server;

	NettyContainer(RealtimeConnections connections, WebSocketSettings settings) {
		RealtimeWebSocketEndpoint endpoint = new RealtimeWebSocketEndpoint(new RealtimeWebSocketHandler(connections),
				settings, new ReactorNettyUpgradeStrategy(settings.limits().messageSize()));
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(endpoint).build()))
			.bindNow(Duration.ofSeconds(10));
	}

	@Override
	public int port() {
		return this.server.port();
	}

	@Override
	public void close() {
		this.server.disposeNow(Duration.ofSeconds(10));
	}

}
