package io.kalam.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.kalam.protocol.CloseReason;

/**
 * Writes frames as server-sent events: a message is an event whose data is the message
 * and whose id is the client's place after it, a ping is a comment.
 */
final class EventStreamWriter {

	private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] NEXT_LINE = "\ndata: ".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

	private EventStreamWriter() {
	}

	/**
	 * Writes some frames.
	 * @param frames the frames
	 * @return the events in UTF-8
	 */
	static byte[] write(List<OutboundFrame> frames) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
		for (OutboundFrame frame : frames) {
			switch (frame.kind()) {
				case TEXT -> writeEvent(frame, out);
				case PING -> out.writeBytes(COMMENT);
				case PONG -> {
				}
			}
		}
		return out.toByteArray();
	}

	private static void writeEvent(OutboundFrame frame, ByteArrayOutputStream out) {
		if (frame.place() != null) {
			out.writeBytes(("id: " + frame.place() + "\n").getBytes(StandardCharsets.US_ASCII));
		}
		out.writeBytes(DATA);
		writeLines(frame.payload(), out);
		out.writeBytes(END);
	}

	/**
	 * A line break, which JSON may have between its tokens, would end the field.
	 */
	private static void writeLines(byte[] payload, ByteArrayOutputStream out) {
		int begin = 0;
		for (int i = 0; i < payload.length; i++) {
			if (payload[i] == '\n' || payload[i] == '\r') {
				out.write(payload, begin, i - begin);
				out.writeBytes(NEXT_LINE);
				begin = i + 1;
			}
		}
		out.write(payload, begin, payload.length - begin);
	}

	/**
	 * Writes why the stream ends.
	 * @param reason why
	 * @return the last event in UTF-8
	 */
	static byte[] writeClose(CloseReason reason) {
		return "event: close\ndata: {\"code\":%d,\"reason\":\"%s\"}\n\n".formatted(reason.code(), reason.phrase())
			.getBytes(StandardCharsets.UTF_8);
	}

}
