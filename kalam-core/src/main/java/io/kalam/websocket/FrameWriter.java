package io.kalam.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

import io.kalam.protocol.CloseReason;

/**
 * Makes bytes of frames (RFC 6455), a slice at a time, so that it can be seen how they
 * leave. Used by one thread at a time.
 */
final class FrameWriter {

	private static final int SLICE = 16 * 1024;

	private final Queue<ByteBuffer> parts = new ArrayDeque<>();

	private long pending;

	void add(OutboundFrame frame) {
		add(switch (frame.kind()) {
			case TEXT -> FrameHead.TEXT;
			case PING -> FrameHead.PING;
			case PONG -> FrameHead.PONG;
		}, frame.payload());
	}

	void addClose(CloseReason reason) {
		byte[] phrase = reason.phrase().getBytes(StandardCharsets.US_ASCII);
		addClose(ByteBuffer.allocate(Short.BYTES + phrase.length).putShort((short) reason.code()).put(phrase).array());
	}

	void addClose(byte[] payload) {
		add(FrameHead.CLOSE, payload);
	}

	private void add(int opcode, byte[] payload) {
		ByteBuffer head = ByteBuffer.allocate(10).put((byte) (FrameHead.LAST | opcode));
		if (payload.length <= FrameHead.SHORT) {
			head.put((byte) payload.length);
		}
		else if (payload.length <= 0xffff) {
			head.put((byte) FrameHead.LENGTH_IN_TWO_BYTES).putShort((short) payload.length);
		}
		else {
			head.put((byte) FrameHead.LENGTH_IN_EIGHT_BYTES).putLong(payload.length);
		}
		append(head.flip());
		append(ByteBuffer.wrap(payload));
	}

	private void append(ByteBuffer part) {
		this.parts.add(part);
		this.pending += part.remaining();
	}

	/**
	 * How much there is to write.
	 * @return the bytes that {@link #next()} has not returned yet
	 */
	long pending() {
		return this.pending;
	}

	/**
	 * Takes what is to be written next.
	 * @return bytes, at least one if there is something to write
	 */
	ByteBuffer next() {
		ByteBuffer slice = ByteBuffer.allocate((int) Math.min(SLICE, this.pending));
		this.pending -= slice.remaining();
		while (slice.hasRemaining()) {
			ByteBuffer part = this.parts.element();
			int length = Math.min(part.remaining(), slice.remaining());
			slice.put(part.slice(part.position(), length));
			part.position(part.position() + length);
			if (!part.hasRemaining()) {
				this.parts.remove();
			}
		}
		return slice.flip();
	}

}
