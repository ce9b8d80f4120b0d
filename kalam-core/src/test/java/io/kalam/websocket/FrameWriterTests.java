package io.kalam.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.kalam.protocol.CloseReason;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written, as Netty reads it.
 */
class FrameWriterTests {

	private final FrameWriter writer = new FrameWriter();

	private final EmbeddedChannel client = new EmbeddedChannel(new WebSocket13FrameDecoder(false, true, 10_000_000));

	@Test
	void everyLengthComesWhole() {
		List<Integer> lengths = List.of(0, 1, 125, 126, 127, 16_380, 65_535, 65_536, 1_000_000);
		for (int length : lengths) {
			this.writer.add(OutboundFrame.text("x".repeat(length).getBytes(StandardCharsets.UTF_8)));
		}
		transmit();
		for (int length : lengths) {
			TextWebSocketFrame frame = this.client.readInbound();
			assertThat(frame.isFinalFragment()).isTrue();
			assertThat(frame.text()).hasSize(length);
			frame.release();
		}
	}

	@Test
	void controlFramesAndTheClose() {
		this.writer.add(OutboundFrame.PING);
		this.writer.add(new OutboundFrame(OutboundFrame.Kind.PONG, new byte[125]));
		this.writer.addClose(CloseReason.MALFORMED);
		transmit();
		assertThat((WebSocketFrame) this.client.readInbound()).isInstanceOf(PingWebSocketFrame.class);
		PongWebSocketFrame pong = this.client.readInbound();
		assertThat(pong.content().readableBytes()).isEqualTo(125);
		CloseWebSocketFrame close = this.client.readInbound();
		assertThat(close.statusCode()).isEqualTo(4400);
		assertThat(close.reasonText()).isEqualTo("malformed message");
	}

	@Test
	void nothingIsPendingThatHasBeenTaken() {
		this.writer.add(OutboundFrame.text(new byte[40_000]));
		long before = this.writer.pending();
		ByteBuffer slice = this.writer.next();
		assertThat(slice.remaining()).isEqualTo(16 * 1024);
		assertThat(this.writer.pending()).isEqualTo(before - slice.remaining());
	}

	private void transmit() {
		while (this.writer.pending() > 0) {
			this.client.writeInbound(Unpooled.wrappedBuffer(this.writer.next()));
		}
	}

}
