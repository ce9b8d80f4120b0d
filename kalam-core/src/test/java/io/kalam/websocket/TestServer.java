package io.kalam.websocket;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.slf4j.LoggerFactory;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real server with the endpoint and nothing else. Fails when it is closed if a buffer
 * of ours was leaked meanwhile.
 */
final class TestServer implements AutoCloseable {

	private static final Logger LEAK_LOGGER = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

	final FakeSessions sessions = new FakeSessions();

	final FakeTokens tokens = new FakeTokens();

	final RealtimeConnections connections;

	private final DisposableServer server;

	private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();

	TestServer(WebSocketSettings settings) {
		this.leaks.start();
		LEAK_LOGGER.addAppender(this.leaks);
		this.tokens.add("alice", "alice", Instant.now().plusSeconds(600));
		this.tokens.add("bob", "bob", Instant.now().plusSeconds(600));
		this.connections = new RealtimeConnections(settings, this.sessions, this.tokens, FakeTokens.converter(),
				Clock.systemUTC(), ConnectionListener.NONE);
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
		System.gc();
		PooledByteBufAllocator.DEFAULT.directBuffer().release();
		LEAK_LOGGER.detachAppender(this.leaks);
		assertThat(this.leaks.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(LeakReport::isOurs);
	}

}
