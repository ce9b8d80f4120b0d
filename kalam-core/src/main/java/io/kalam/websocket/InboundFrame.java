package io.kalam.websocket;

/**
 * Something that a client has sent, put together from its fragments.
 */
sealed interface InboundFrame {

	/**
	 * A text message.
	 *
	 * @param message its bytes
	 */
	record Text(byte[] message) implements InboundFrame {

	}

	/**
	 * A binary message.
	 */
	record Binary() implements InboundFrame {

	}

	/**
	 * The client asks whether we are there.
	 *
	 * @param payload what to answer with
	 */
	record Ping(byte[] payload) implements InboundFrame {

	}

	/**
	 * The client is there.
	 */
	record Pong() implements InboundFrame {

	}

	/**
	 * A message that was too large. Nothing after it can be read.
	 */
	record TooLarge() implements InboundFrame {

	}

	/**
	 * Something that is no frame. Nothing after it can be read.
	 */
	record Unreadable() implements InboundFrame {

	}

}
