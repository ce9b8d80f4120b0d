package io.kalam.websocket;

import io.kalam.access.RealtimeUser;
import io.kalam.protocol.ClientMessage;
import io.kalam.protocol.CloseReason;
import io.kalam.protocol.MalformedMessageException;
import io.kalam.protocol.ProtocolError;
import io.kalam.protocol.ProtocolException;
import io.kalam.protocol.ServerFrames;
import io.kalam.subscription.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What a client says, and what it is answered at once. Used by one thread at a time, the
 * connection's.
 */
final class Dialogue {

	private final ConnectionContext context;

	private final Connection connection;

	private final ClientAuthentication authentication;

	private @Nullable Publications publications;

	Dialogue(ConnectionContext context, Connection connection, ClientAuthentication authentication) {
		this.context = context;
		this.connection = connection;
		this.authentication = authentication;
	}

	/**
	 * A text message.
	 * @param bytes its bytes
	 */
	void read(byte[] bytes) {
		try {
			handle(this.context.reader().read(bytes));
		}
		catch (MalformedMessageException ex) {
			send(frames().error(ProtocolError.PROTOCOL, null, ex.getMessage()));
			this.connection.close(CloseReason.MALFORMED);
		}
		catch (ProtocolException ex) {
			if (this.authentication.conversation() != null) {
				send(frames().error(ProtocolError.PROTOCOL, ex.subscriptionId(), ex.getMessage()));
			}
			else {
				requireAuthentication();
			}
		}
	}

	private void handle(ClientMessage message) {
		Conversation conversation = this.authentication.conversation();
		if (message instanceof ClientMessage.Authenticate authenticate) {
			this.authentication.authenticate(authenticate);
		}
		else if (conversation == null) {
			requireAuthentication();
		}
		else if (message instanceof ClientMessage.Ping) {
			answerPing(conversation);
		}
		else if (message instanceof ClientMessage.Publish event) {
			publications().publish(conversation::user, event);
		}
		else if (message instanceof ClientMessage.Release release) {
			publications().release(release.id());
		}
		else {
			request(conversation, message);
		}
	}

	private void requireAuthentication() {
		send(frames().error(ProtocolError.AUTH_REQUIRED, null,
				"Send {\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":…} first."));
	}

	private void answerPing(Conversation conversation) {
		if (conversation.transactions()) {
			send(frames().pong());
		}
	}

	private boolean request(Conversation conversation, ClientMessage message) {
		try {
			conversation.request(message);
			return true;
		}
		catch (RuntimeException ex) {
			String id = (message instanceof ClientMessage.Subscribe subscribe) ? subscribe.request().id() : null;
			send(frames().error(ErrorCode.SUBSCRIPTION_FAILED, id, this.context.report(ex) + " Try again."));
			return false;
		}
	}

	/**
	 * Begins an event stream, of a client who says nothing.
	 * @param user who it is
	 * @param request what it follows
	 */
	void follow(RealtimeUser user, EventStreamRequest request) {
		Telling telling = new StreamTelling(new StreamCursors(request.resuming()), this.connection::close);
		Conversation conversation = this.authentication.admit(user, telling);
		if (conversation != null && !request(conversation, request.message())) {
			this.connection.close(CloseReason.SERVER_ERROR);
		}
	}

	/**
	 * Ends everything. Idempotent.
	 */
	void end() {
		if (this.publications != null) {
			this.publications.end();
		}
		this.authentication.end();
	}

	/**
	 * Made when they are needed: most clients tell no events.
	 */
	private Publications publications() {
		Publications known = this.publications;
		if (known == null) {
			known = new Publications(this.context, this.connection);
			this.publications = known;
		}
		return known;
	}

	private void send(byte[] frame) {
		this.connection.send(OutboundFrame.text(frame));
	}

	private ServerFrames frames() {
		return this.context.frames();
	}

}
