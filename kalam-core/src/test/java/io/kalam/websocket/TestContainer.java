package io.kalam.websocket;

import reactor.netty.http.HttpProtocol;

/**
 * The server that a test's sockets belong to.
 */
interface TestContainer extends AutoCloseable {

	int port();

	@Override
	void close();

	/**
	 * Starts a server.
	 */
	@FunctionalInterface
	interface Starter {

		TestContainer start(RealtimeConnections connections, WebSocketSettings settings);

	}

	/**
	 * What the same tests are run on.
	 */
	enum Stack implements Starter {

		/** WebFlux on Reactor Netty. */
		WEBFLUX {

			@Override
			public TestContainer start(RealtimeConnections connections, WebSocketSettings settings) {
				return new NettyContainer(connections, settings, HttpProtocol.HTTP11);
			}

		},

		/** A servlet in Tomcat. */
		SERVLET {

			@Override
			public TestContainer start(RealtimeConnections connections, WebSocketSettings settings) {
				return new TomcatContainer(connections, settings);
			}

		}

	}

}
