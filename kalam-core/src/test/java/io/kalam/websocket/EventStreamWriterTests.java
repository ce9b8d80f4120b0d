package io.kalam.websocket;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.kalam.protocol.CloseReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What events look like.
 */
class EventStreamWriterTests {

	@Test
	void aMessageIsAnEventWithThePlaceBehindIt() {
		OutboundFrame frame = text("{\"a\":\"ä\"}");
		assertThat(written(frame)).isEqualTo("data: {\"a\":\"ä\"}\n\n");
		assertThat(written(frame.at("7.x"))).isEqualTo("id: 7.x\ndata: {\"a\":\"ä\"}\n\n");
		assertThat(written(frame.at(StreamCursors.NONE))).isEqualTo("id: \ndata: {\"a\":\"ä\"}\n\n");
	}

	@Test
	void aLineBreakDoesNotEndTheEvent() {
		assertThat(written(text("{\n\"a\":\r1}"))).isEqualTo("data: {\ndata: \"a\":\ndata: 1}\n\n");
	}

	@Test
	void aPingIsAComment() {
		assertThat(written(OutboundFrame.PING, text("1"))).isEqualTo(":\n\ndata: 1\n\n");
	}

	@Test
	void theLastEventSaysWhy() {
		assertThat(new String(EventStreamWriter.writeClose(CloseReason.RATE_LIMIT), StandardCharsets.UTF_8)).isEqualTo(
				"event: close\ndata: {\"code\":4429,\"reason\":\"%s\"}\n\n".formatted(CloseReason.RATE_LIMIT.phrase()));
	}

	private static OutboundFrame text(String text) {
		return OutboundFrame.text(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String written(OutboundFrame... frames) {
		return new String(EventStreamWriter.write(List.of(frames)), StandardCharsets.UTF_8);
	}

}
