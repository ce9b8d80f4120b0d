package io.kalam.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Makes messages of the bytes of a client (RFC 6455), whichever way they are cut. Of a
 * message that is too large nothing is kept. Used by one thread at a time.
 */
final class FrameReader {

	private final int maxMessageSize;

	private final FrameHead head = new FrameHead();

	private final Payload control = new Payload();

	private final Payload message = new Payload();

	private boolean inFrame;

	private long done;

	private int messageType = FrameHead.CONTINUATION;

	private long messageSize;

	private boolean unreadable;

	private boolean closed;

	/**
	 * A reader of a client's bytes from the first one on.
	 * @param maxMessageSize the bytes that a message may have
	 */
	FrameReader(int maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	/**
	 * Takes bytes until a message or a control frame is complete.
	 * @param input the bytes
	 * @return the message, or {@code null} if all bytes were taken before it was complete
	 */
	@Nullable InboundFrame next(ByteBuffer input) {
		while (!this.unreadable && !this.closed) {
			if (!this.inFrame) {
				if (!this.head.read(input)) {
					return null;
				}
				InboundFrame refused = begin();
				if (refused != null) {
					return refused;
				}
			}
			if (!take(input)) {
				return null;
			}
			InboundFrame complete = end();
			if (complete != null) {
				return complete;
			}
		}
		input.position(input.limit());
		return null;
	}

	/**
	 * Whether the client has closed. Whatever it sends after that is ignored.
	 * @return whether it has
	 */
	boolean isClosed() {
		return this.closed;
	}

	/**
	 * What to answer to a client that has closed.
	 * @return its close code, or nothing if it gave none
	 */
	byte[] closeCode() {
		return Arrays.copyOf(this.control.bytes, Math.min(this.control.size, Short.BYTES));
	}

	private @Nullable InboundFrame begin() {
		if (!this.head.isValid() || !isExpected()) {
			this.unreadable = true;
			return new InboundFrame.Unreadable();
		}
		this.inFrame = true;
		this.done = 0;
		this.control.clear();
		return this.head.isControl() ? null : beginData();
	}

	private boolean isExpected() {
		boolean continues = this.head.opcode() == FrameHead.CONTINUATION;
		boolean inMessage = this.messageType != FrameHead.CONTINUATION;
		return this.head.isControl() || continues == inMessage;
	}

	private @Nullable InboundFrame beginData() {
		if (this.head.opcode() != FrameHead.CONTINUATION) {
			this.messageType = this.head.opcode();
		}
		boolean wasTooLarge = isTooLarge();
		this.messageSize += Math.min(this.head.length(), Integer.MAX_VALUE);
		if (!isTooLarge() || wasTooLarge) {
			return null;
		}
		this.message.clear();
		return new InboundFrame.TooLarge();
	}

	private boolean isTooLarge() {
		return this.messageSize > this.maxMessageSize;
	}

	private boolean take(ByteBuffer input) {
		int length = (int) Math.min(this.head.length() - this.done, input.remaining());
		if (this.head.isControl()) {
			this.control.append(input, length);
		}
		else if (this.messageType == FrameHead.TEXT && !isTooLarge()) {
			this.message.append(input, length);
		}
		else {
			input.position(input.position() + length);
		}
		this.done += length;
		return this.done == this.head.length();
	}

	private @Nullable InboundFrame end() {
		this.inFrame = false;
		InboundFrame frame = switch (this.head.opcode()) {
			case FrameHead.PING -> new InboundFrame.Ping(this.control.copy());
			case FrameHead.PONG -> new InboundFrame.Pong();
			case FrameHead.CLOSE -> close();
			default -> this.head.isLast() ? endMessage() : null;
		};
		this.head.clear();
		return frame;
	}

	private @Nullable InboundFrame close() {
		if (!CloseBody.isValid(this.control.copy())) {
			this.unreadable = true;
			return new InboundFrame.Unreadable();
		}
		this.closed = true;
		return null;
	}

	private @Nullable InboundFrame endMessage() {
		boolean text = this.messageType == FrameHead.TEXT;
		InboundFrame complete = text ? new InboundFrame.Text(this.message.copy()) : new InboundFrame.Binary();
		boolean refused = isTooLarge();
		this.messageType = FrameHead.CONTINUATION;
		this.messageSize = 0;
		this.message.clear();
		return refused ? null : complete;
	}

	/**
	 * Bytes that grow as they come, and not by what a head promises.
	 */
	private final class Payload {

		private byte[] bytes = new byte[0];

		private int size;

		void append(ByteBuffer input, int length) {
			if (this.bytes.length < this.size + length) {
				this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size + length, 2 * this.bytes.length));
			}
			for (int i = 0; i < length; i++) {
				this.bytes[this.size++] = FrameReader.this.head.unmask(input.get(), FrameReader.this.done + i);
			}
		}

		byte[] copy() {
			return Arrays.copyOf(this.bytes, this.size);
		}

		void clear() {
			this.bytes = new byte[0];
			this.size = 0;
		}

	}

}
