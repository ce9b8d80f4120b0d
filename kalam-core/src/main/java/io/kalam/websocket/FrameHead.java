package io.kalam.websocket;

import java.nio.ByteBuffer;

/**
 * The head of a frame (RFC 6455, 5.2), put together from the bytes as they come. Used by
 * one thread at a time.
 */
final class FrameHead {

	static final int CONTINUATION = 0x0;

	static final int TEXT = 0x1;

	static final int BINARY = 0x2;

	static final int CLOSE = 0x8;

	static final int PING = 0x9;

	static final int PONG = 0xa;

	/**
	 * The most that a control frame may carry, and the most that needs no longer length.
	 */
	static final int SHORT = 125;

	static final int LENGTH_IN_TWO_BYTES = 126;

	static final int LENGTH_IN_EIGHT_BYTES = 127;

	static final int LAST = 0x80;

	private static final int MASKED = 0x80;

	private static final int RESERVED = 0x70;

	private static final int MASK = 4;

	private final byte[] bytes = new byte[14];

	private int size;

	/**
	 * Takes bytes until the head is complete.
	 * @param input the bytes
	 * @return whether it is
	 */
	boolean read(ByteBuffer input) {
		while (this.size < expected()) {
			if (!input.hasRemaining()) {
				return false;
			}
			this.bytes[this.size++] = input.get();
		}
		return true;
	}

	/**
	 * Begins with the next frame.
	 */
	void clear() {
		this.size = 0;
	}

	/**
	 * Whether a client may send it.
	 * @return whether it is masked, of a known sort and as short as it can be
	 */
	boolean isValid() {
		boolean known = opcode() <= BINARY || (opcode() >= CLOSE && opcode() <= PONG);
		boolean control = !isControl() || (isLast() && shortLength() <= SHORT);
		return known && control && isMasked() && (this.bytes[0] & RESERVED) == 0 && isMinimal();
	}

	private boolean isMinimal() {
		return switch (shortLength()) {
			case LENGTH_IN_TWO_BYTES -> length() > SHORT;
			case LENGTH_IN_EIGHT_BYTES -> length() > 0xffff;
			default -> true;
		};
	}

	boolean isLast() {
		return (this.bytes[0] & LAST) != 0;
	}

	boolean isControl() {
		return opcode() >= CLOSE;
	}

	int opcode() {
		return this.bytes[0] & 0xf;
	}

	/**
	 * The length of what the frame carries.
	 * @return the number of bytes, negative if it is more than a frame may carry
	 */
	long length() {
		ByteBuffer buffer = ByteBuffer.wrap(this.bytes);
		return switch (shortLength()) {
			case LENGTH_IN_TWO_BYTES -> Short.toUnsignedInt(buffer.getShort(2));
			case LENGTH_IN_EIGHT_BYTES -> buffer.getLong(2);
			default -> shortLength();
		};
	}

	/**
	 * Lifts the mask from a byte.
	 * @param masked the byte
	 * @param index its place in what the frame carries
	 * @return what was meant
	 */
	byte unmask(byte masked, long index) {
		return (byte) (masked ^ this.bytes[this.size - MASK + (int) (index % MASK)]);
	}

	private int expected() {
		if (this.size < 2) {
			return 2;
		}
		int length = switch (shortLength()) {
			case LENGTH_IN_TWO_BYTES -> Short.BYTES;
			case LENGTH_IN_EIGHT_BYTES -> Long.BYTES;
			default -> 0;
		};
		return 2 + length + (isMasked() ? MASK : 0);
	}

	private boolean isMasked() {
		return (this.bytes[1] & MASKED) != 0;
	}

	private int shortLength() {
		return this.bytes[1] & 0x7f;
	}

}
