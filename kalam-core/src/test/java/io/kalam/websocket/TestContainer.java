package io.kalam.websocket;

/**
 * The server that a test's sockets belong to.
 */
interface TestContainer extends AutoCloseable {

	int port();

	@Override
	void close();

	/**
	 * What the same tests are run on.
	 */
	enum Stack {

		/** WebFlux on Reactor Netty. */
		WEBFLUX {

			@Override
			TestContainer start(RealtimeConnections connections, WebSocketSettings settings) {
				return new NettyContainer(connections, settings);
			}

		},

		/** A servlet in Tomcat. */
		SERVLET {

			@Override
			TestContainer start(RealtimeConnections connections, WebSocketSettings settings) {
				return new TomcatContainer(connections, settings);
			}

		};

		abstract TestContainer start(RealtimeConnections connections, WebSocketSettings settings);

	}

}
