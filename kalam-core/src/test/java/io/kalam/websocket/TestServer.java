package io.kalam.websocket;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kalam.operations.ClientEvents;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.slf4j.LoggerFactory;

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

	private final TestContainer container;

	private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();

	TestServer(TestContainer.Starter starter, WebSocketSettings settings) {
		this.leaks.start();
		LEAK_LOGGER.addAppender(this.leaks);
		this.tokens.add("alice", "alice", Instant.now().plusSeconds(600));
		this.tokens.add("bob", "bob", Instant.now().plusSeconds(600));
		this.connections = new RealtimeConnections(settings, this.sessions, ClientEvents.NONE,
				this.tokens.authenticator(settings.timing().clockSkew()), Clock.systemUTC(), ConnectionListener.NONE);
		this.container = starter.start(this.connections, settings);
	}

	URI uri() {
		return URI.create("ws://127.0.0.1:" + port() + "/v1/ws");
	}

	int port() {
		return this.container.port();
	}

	@Override
	public void close() {
		this.connections.close();
		this.container.close();
		System.gc();
		PooledByteBufAllocator.DEFAULT.directBuffer().release();
		LEAK_LOGGER.detachAppender(this.leaks);
		assertThat(this.leaks.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(LeakReport::isOurs);
	}

}
