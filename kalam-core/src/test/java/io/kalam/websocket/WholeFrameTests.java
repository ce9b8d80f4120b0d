package io.kalam.websocket;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A frame has the bytes that Netty's encoder gives it.
 */
class WholeFrameTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 255, 256, 1024, 1025, 16 * 1024, 0xFFFF })
	void isWhatNettyEncodes(int length) {
		byte[] payload = "ü".repeat(length).getBytes(StandardCharsets.ISO_8859_1);
		ByteBuf frame = WholeFrame.text(UnpooledByteBufAllocator.DEFAULT, payload);
		try {
			assertThat(ByteBufUtil.getBytes(frame)).isEqualTo(encoded(payload));
			assertThat(frame.isDirect()).as("needs no copy on its way to the socket").isTrue();
		}
		finally {
			frame.release();
		}
	}

	private static byte[] encoded(byte[] payload) {
		EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
		channel.writeOutbound(new TextWebSocketFrame(Unpooled.wrappedBuffer(payload)));
		ByteBuf all = Unpooled.buffer();
		for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
			all.writeBytes(part);
			part.release();
		}
		return ByteBufUtil.getBytes(all);
	}

}
