package io.kalam.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A message as it goes over the wire from a server: a header, and the bytes as they are
 * (RFC 6455, section 5.2). Netty's encoder makes the same bytes by way of a frame, a
 * wrapped array and a list.
 */
final class WholeFrame {

	/** The last fragment, and the first, of a text. */
	private static final int TEXT = 0x81;

	private static final int SHORT = 125;

	private static final int LENGTH_FOLLOWS = 126;

	private static final int HEADER = 2 + Short.BYTES;

	private WholeFrame() {
	}

	/**
	 * A text in one frame.
	 * @param allocator makes the buffer
	 * @param payload the text in UTF-8, of less than 64 KiB
	 * @return a buffer with the frame, to be released by who takes it
	 */
	static ByteBuf text(ByteBufAllocator allocator, byte[] payload) {
		ByteBuf frame = allocator.directBuffer(HEADER + payload.length).writeByte(TEXT);
		if (payload.length <= SHORT) {
			frame.writeByte(payload.length);
		}
		else {
			frame.writeByte(LENGTH_FOLLOWS).writeShort(payload.length);
		}
		return frame.writeBytes(payload);
	}

}
