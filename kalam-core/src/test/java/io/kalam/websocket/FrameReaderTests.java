package io.kalam.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads what Netty, as a client, has written.
 */
class FrameReaderTests {

	private static final int LIMIT = 70_000;

	private final Random random = new Random(4711);

	private final EmbeddedChannel client = new EmbeddedChannel(new WebSocket13FrameEncoder(true));

	private final List<String> expected = new ArrayList<>();

	@Test
	void readsMessagesHoweverTheyAreCut() {
		for (int round = 0; round < 300; round++) {
			this.expected.clear();
			for (int i = 0; i < 5; i++) {
				sendMessage();
			}
			FrameReader reader = new FrameReader(LIMIT);
			assertThat(read(reader, written(), 1 + this.random.nextInt(5000))).isEqualTo(this.expected);
		}
	}

	@Test
	void readsByteByByte() {
		sendMessage();
		sendMessage();
		assertThat(read(new FrameReader(LIMIT), written(), 1)).isEqualTo(this.expected);
	}

	@Test
	void refusesMessageThatIsTooLargeOnceAndGoesOnBehindIt() {
		send(new TextWebSocketFrame("x".repeat(LIMIT)));
		send(new TextWebSocketFrame("x".repeat(LIMIT + 1)));
		send(new TextWebSocketFrame(false, 0, "x".repeat(LIMIT)));
		send(new ContinuationWebSocketFrame(false, 0, "y"));
		send(new PingWebSocketFrame());
		send(new ContinuationWebSocketFrame(true, 0, "z".repeat(LIMIT)));
		send(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[LIMIT + 1])));
		send(new TextWebSocketFrame("after"));
		assertThat(read(new FrameReader(LIMIT), written(), 4096)).containsExactly("TEXT " + "x".repeat(LIMIT),
				"TOO LARGE", "TOO LARGE", "PING ", "TOO LARGE", "TEXT after");
	}

	@Test
	void ignoresEverythingBehindTheClose() {
		send(new CloseWebSocketFrame(1000, "bye"));
		send(new TextWebSocketFrame("after"));
		FrameReader reader = new FrameReader(LIMIT);
		assertThat(read(reader, written(), 7)).isEmpty();
		assertThat(reader.isClosed()).isTrue();
		assertThat(reader.closeCode()).isEqualTo(new byte[] { 0x03, (byte) 0xe8 });
	}

	@Test
	void closeWithoutCode() {
		send(new CloseWebSocketFrame());
		FrameReader reader = new FrameReader(LIMIT);
		assertThat(read(reader, written(), 7)).isEmpty();
		assertThat(reader.isClosed()).isTrue();
		assertThat(reader.closeCode()).isEmpty();
	}

	/**
	 * Not masked, reserved bits, reserved sorts, a long or split control frame, a
	 * continuation of nothing, a message within a message, lengths that are longer than
	 * need be or negative, half a close code.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "8100", "c18000000000", "a18000000000", "918000000000", "838000000000", "8b8000000000",
			"89fe007e00000000", "098000000000", "808000000000", "01800000000081800000000001", "81fe007d00000000",
			"81ff000000000000ffff00000000", "81ffffffffffffffffff00000000", "88810000000003" })
	void refusesWhatIsNoFrame(String bytes) {
		byte[] rest = "0123456789".repeat(1000).getBytes(StandardCharsets.US_ASCII);
		FrameReader reader = new FrameReader(LIMIT);
		assertThat(read(reader, HexFormat.of().parseHex(bytes), 3)).containsExactly("UNREADABLE");
		assertThat(read(reader, rest, 100)).isEmpty();
		assertThat(reader.isClosed()).isFalse();
	}

	@Test
	void whatNobodyMeantIsReadWithoutFailing() {
		for (int round = 0; round < 20_000; round++) {
			byte[] noise = new byte[this.random.nextInt(60)];
			this.random.nextBytes(noise);
			assertThat(read(new FrameReader(50), noise, 1 + this.random.nextInt(9)).size()).isLessThan(31);
		}
	}

	private void sendMessage() {
		int size = switch (this.random.nextInt(4)) {
			case 0 -> this.random.nextInt(4);
			case 1 -> 120 + this.random.nextInt(10);
			case 2 -> this.random.nextInt(1000);
			default -> 65_530 + this.random.nextInt(10);
		};
		String text = "ü".repeat(size / 2) + "x".repeat(size % 2);
		ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
		boolean first = true;
		do {
			ByteBuf part = bytes.readSlice(
					this.random.nextBoolean() ? bytes.readableBytes() : this.random.nextInt(bytes.readableBytes() + 1));
			boolean last = !bytes.isReadable() && this.random.nextBoolean();
			send(first ? new TextWebSocketFrame(last, 0, part) : new ContinuationWebSocketFrame(last, 0, part));
			if (!last) {
				sendControl();
				first = false;
				continue;
			}
			this.expected.add("TEXT " + text);
			return;
		}
		while (true);
	}

	private void sendControl() {
		if (this.random.nextBoolean()) {
			String payload = "p".repeat(this.random.nextInt(126));
			send(new PingWebSocketFrame(Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8)));
			this.expected.add("PING " + payload);
		}
		else {
			send(new PongWebSocketFrame());
			this.expected.add("PONG");
		}
	}

	private void send(WebSocketFrame frame) {
		this.client.writeOutbound(frame.retain());
	}

	private byte[] written() {
		ByteBuf all = Unpooled.buffer();
		for (ByteBuf part = this.client.readOutbound(); part != null; part = this.client.readOutbound()) {
			all.writeBytes(part);
		}
		byte[] bytes = new byte[all.readableBytes()];
		all.readBytes(bytes);
		return bytes;
	}

	private static List<String> read(FrameReader reader, byte[] bytes, int cut) {
		List<String> messages = new ArrayList<>();
		for (int from = 0; from < bytes.length; from += cut) {
			ByteBuffer input = ByteBuffer.wrap(bytes, from, Math.min(cut, bytes.length - from));
			for (InboundFrame frame = reader.next(input); frame != null; frame = reader.next(input)) {
				messages.add(describe(frame));
			}
			assertThat(input.hasRemaining()).isFalse();
		}
		return messages;
	}

	private static String describe(InboundFrame frame) {
		if (frame instanceof InboundFrame.Text text) {
			return "TEXT " + new String(text.message(), StandardCharsets.UTF_8);
		}
		if (frame instanceof InboundFrame.Ping ping) {
			return "PING " + new String(ping.payload(), StandardCharsets.UTF_8);
		}
		if (frame instanceof InboundFrame.TooLarge) {
			return "TOO LARGE";
		}
		return frame.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
	}

}
