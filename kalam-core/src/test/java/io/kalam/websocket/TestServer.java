package io.kalam.websocket;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * A real server with the endpoint and nothing else.
 */
final class TestServer implements AutoCloseable {

	final FakeSessions sessions = new FakeSessions();

	final FakeTokens tokens = new FakeTokens();

	final RealtimeConnections connections;

	private final DisposableServer server;

	TestServer(WebSocketSettings settings) {
		this.tokens.add("alice", "alice", Instant.now().plusSeconds(600));
		this.tokens.add("bob", "bob", Instant.now().plusSeconds(600));
		this.connections = new RealtimeConnections(settings, this.sessions, this.tokens, FakeTokens.converter(),
				Clock.systemUTC());
		RealtimeWebSocketEndpoint endpoint = new RealtimeWebSocketEndpoint(
				new RealtimeWebSocketHandler(this.connections), settings,
				new ReactorNettyUpgradeStrategy(settings.limits().messageSize()));
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(endpoint).build()))
			.bindNow(Duration.ofSeconds(10));
	}

	URI uri() {
		return URI.create("ws://127.0.0.1:" + this.server.port() + "/v1/ws");
	}

	@Override
	public void close() {
		this.connections.close();
		this.server.disposeNow(Duration.ofSeconds(10));
	}

}
