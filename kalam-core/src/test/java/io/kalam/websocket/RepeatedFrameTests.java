package io.kalam.websocket;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes to many sockets is copied once, and let go of.
 */
class RepeatedFrameTests {

	private static final byte[] TEXT = "for all".getBytes(StandardCharsets.UTF_8);

	private final ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;

	private final RepeatedFrame last = new RepeatedFrame();

	@Test
	void sharesTheBytesFromTheSecondSocketOn() {
		ByteBuf first = this.last.next(this.allocator, TEXT);
		ByteBuf second = this.last.next(this.allocator, TEXT);
		ByteBuf third = this.last.next(this.allocator, TEXT);
		assertThat(third.memoryAddress()).isEqualTo(second.memoryAddress()).isNotEqualTo(first.memoryAddress());
		assertThat(read(first)).isEqualTo(frame());
		assertThat(read(second)).as("who reads it moves an index of its own").isEqualTo(frame());
		assertThat(read(third)).isEqualTo(frame());
		release(first, second, third);
		this.last.forget();
	}

	@Test
	void letsGoOfItWithTheNextText() {
		ByteBuf first = this.last.next(this.allocator, TEXT);
		ByteBuf second = this.last.next(this.allocator, TEXT);
		release(first, second);
		assertThat(second.refCnt()).as("kept for the third socket").isEqualTo(1);
		ByteBuf other = this.last.next(this.allocator, TEXT.clone());
		assertThat(second.refCnt()).isZero();
		assertThat(read(other)).isEqualTo(frame());
		release(other);
	}

	@Test
	void tellsTextsOfOneLengthApart() {
		release(this.last.next(this.allocator, TEXT), this.last.next(this.allocator, TEXT));
		ByteBuf other = this.last.next(this.allocator, "for one".getBytes(StandardCharsets.UTF_8));
		assertThat(new String(read(other), StandardCharsets.UTF_8)).endsWith("for one");
		release(other);
	}

	@Test
	void staysWhileASocketHasNotTakenIt() {
		release(this.last.next(this.allocator, TEXT));
		ByteBuf slow = this.last.next(this.allocator, TEXT);
		this.last.forget();
		assertThat(read(slow)).isEqualTo(frame());
		release(slow);
		assertThat(slow.refCnt()).isZero();
	}

	private byte[] frame() {
		ByteBuf frame = WholeFrame.text(this.allocator, TEXT);
		byte[] bytes = ByteBufUtil.getBytes(frame);
		frame.release();
		return bytes;
	}

	private static byte[] read(ByteBuf frame) {
		byte[] bytes = new byte[frame.readableBytes()];
		frame.readBytes(bytes);
		return bytes;
	}

	private static void release(ByteBuf... frames) {
		for (ByteBuf frame : frames) {
			frame.release();
		}
	}

}
