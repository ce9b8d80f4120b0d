package io.kalam.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * What an event loop has written last. A text that goes to many of its sockets, one after
 * the other, is copied out of the heap once, and its bytes are shared: the second socket
 * tells that it is such a text.
 */
final class RepeatedFrame {

	private static final FastThreadLocal<RepeatedFrame> LAST = new FastThreadLocal<>() {

		@Override
		protected RepeatedFrame initialValue() {
			return new RepeatedFrame();
		}

		@Override
		protected void onRemoval(RepeatedFrame last) {
			last.forget();
		}

	};

	private byte @Nullable [] payload;

	private @Nullable ByteBuf frame;

	/**
	 * A text in one frame. Called by an event loop.
	 * @param allocator makes the buffer
	 * @param payload the text in UTF-8, of less than 64 KiB; the same array is the same
	 * text
	 * @return a buffer with the frame, to be released by who takes it and not to be
	 * written to
	 */
	static ByteBuf of(ByteBufAllocator allocator, byte[] payload) {
		return LAST.get().next(allocator, payload);
	}

	ByteBuf next(ByteBufAllocator allocator, byte[] next) {
		if (next != this.payload) {
			forget();
			this.payload = next;
			return WholeFrame.text(allocator, next);
		}
		if (this.frame == null) {
			this.frame = WholeFrame.text(allocator, next);
		}
		return this.frame.retainedDuplicate();
	}

	/**
	 * Lets go of what was written last.
	 */
	void forget() {
		this.payload = null;
		if (this.frame != null) {
			this.frame.release();
			this.frame = null;
		}
	}

}
