package io.kalam.websocket;

/**
 * A frame on its way to a client.
 *
 * @param kind what sort of frame it is
 * @param payload its bytes; not to be changed
 */
record OutboundFrame(Kind kind, byte[] payload) {

	static final OutboundFrame PING = new OutboundFrame(Kind.PING, new byte[0]);

	static OutboundFrame text(byte[] payload) {
		return new OutboundFrame(Kind.TEXT, payload);
	}

	/**
	 * The sort of a frame.
	 */
	enum Kind {

		/** A message in UTF-8. */
		TEXT,

		/** A question whether the client is there. */
		PING,

		/** The answer to the client's ping. */
		PONG

	}

}
