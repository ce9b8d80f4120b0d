package io.kalam.websocket;

import java.time.Duration;

import io.kalam.testing.EventStreamClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * WebFlux on Reactor Netty.
 */
final class NettyContainer implements TestContainer {

	private final DisposableServer server;

	NettyContainer(RealtimeConnections connections, WebSocketSettings settings, HttpProtocol... protocols) {
		RealtimeWebSocketEndpoint endpoint = new RealtimeWebSocketEndpoint(new RealtimeWebSocketHandler(connections),
				settings, new ReactorNettyUpgradeStrategy(settings.limits().messageSize()));
		EventStreamEndpoint streams = new EventStreamEndpoint(EventStreamClient.PATH, connections, settings);
		WebHandler both = (exchange) -> streams.mapping()
			.getHandler(exchange)
			.flatMap((handler) -> streams.handle(exchange).thenReturn(handler))
			.switchIfEmpty(Mono.defer(() -> endpoint.handle(exchange).thenReturn(endpoint)))
			.then();
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.protocol(protocols)
			.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(both).build()))
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
