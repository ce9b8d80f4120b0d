package io.kalam.websocket;

import org.jspecify.annotations.Nullable;

/**
 * A frame on its way to a client.
 *
 * @param kind what sort of frame it is
 * @param payload its bytes; not to be changed
 * @param place where a client can go on that has seen it, {@code null} if that is where
 * it was before or nobody asks
 */
record OutboundFrame(Kind kind, byte[] payload, @Nullable String place) {

	OutboundFrame(Kind kind, byte[] payload) {
		this(kind, payload, null);
	}

	static final OutboundFrame PING = new OutboundFrame(Kind.PING, new byte[0]);

	static OutboundFrame text(byte[] payload) {
		return new OutboundFrame(Kind.TEXT, payload);
	}

	/**
	 * The same frame for a client that wants to know its place.
	 * @param after where the client can go on, {@code null} if that is where it was
	 */
	OutboundFrame at(@Nullable String after) {
		return new OutboundFrame(this.kind, this.payload, after);
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
