package io.kalam.websocket;

import io.kalam.protocol.CloseReason;
import io.kalam.protocol.ProtocolError;

/**
 * What comes from a client: within its limits, and of the right sort. Used by one thread
 * at a time, the connection's.
 */
final class Inbound {

	private final ConnectionContext context;

	private final Connection connection;

	private final Dialogue dialogue;

	private final TokenBucket allowance;

	Inbound(ConnectionContext context, Connection connection, Dialogue dialogue, long now) {
		WebSocketSettings.Limits limits = context.settings().limits();
		this.context = context;
		this.connection = connection;
		this.dialogue = dialogue;
		this.allowance = new TokenBucket(limits.messagesPerSecond(), limits.messageBurst(), now);
	}

	void accept(InboundFrame frame, long now) {
		WebSocketSettings.Limits limits = this.context.settings().limits();
		if (frame instanceof InboundFrame.TooLarge) {
			refuse(ProtocolError.MESSAGE_TOO_LARGE,
					"A message may have at most %d bytes.".formatted(limits.messageSize()),
					CloseReason.MESSAGE_TOO_LARGE);
		}
		else if (frame instanceof InboundFrame.Unreadable) {
			refuse(ProtocolError.PROTOCOL, "This is no WebSocket frame.", CloseReason.MALFORMED);
		}
		else if (this.allowance.take(now)) {
			read(frame);
		}
		else {
			refuse(ProtocolError.RATE_LIMIT_EXCEEDED,
					"Too many messages: at most %d a second in the long run.".formatted(limits.messagesPerSecond()),
					CloseReason.RATE_LIMIT);
		}
	}

	private void read(InboundFrame frame) {
		if (frame instanceof InboundFrame.Text text) {
			this.dialogue.read(text.message());
		}
		else if (frame instanceof InboundFrame.Ping ping) {
			this.connection.send(new OutboundFrame(OutboundFrame.Kind.PONG, ping.payload()));
		}
		else if (frame instanceof InboundFrame.Binary) {
			refuse(ProtocolError.PROTOCOL, "Messages are text frames; this one was binary.", CloseReason.MALFORMED);
		}
	}

	private void refuse(ProtocolError code, String message, CloseReason reason) {
		this.connection.send(OutboundFrame.text(this.context.frames().error(code, null, message)));
		this.connection.close(reason);
	}

}
