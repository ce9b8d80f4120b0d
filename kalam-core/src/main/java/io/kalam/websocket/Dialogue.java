package io.kalam.websocket;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

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
 * What a client says and who it is. Used by one thread at a time, the connection's.
 */
final class Dialogue {

	private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);

	private static final long FAR = TimeUnit.HOURS.toNanos(1);

	private final ConnectionContext context;

	private final Connection connection;

	private final TokenCheck tokenCheck;

	private final Publications publications;

	private @Nullable Conversation conversation;

	private long deadline;

	Dialogue(ConnectionContext context, Connection connection, long now) {
		this.context = context;
		this.connection = connection;
		this.tokenCheck = new TokenCheck(context.authenticator());
		this.publications = new Publications(context, connection);
		this.deadline = now + context.settings().timing().authentication().toNanos();
	}

	/**
	 * The session's side.
	 * @return the conversation, or {@code null} if nobody is authenticated
	 */
	@Nullable Conversation conversation() {
		return this.conversation;
	}

	/**
	 * Whether a user is authenticated here.
	 */
	boolean isOf(String user) {
		return this.conversation != null && this.conversation.user().name().equals(user);
	}

	/**
	 * What was polled last has been written.
	 */
	void written() {
		if (this.conversation != null) {
			this.conversation.written();
		}
	}

	/**
	 * Asks for a mark.
	 */
	void mark() {
		if (this.conversation != null) {
			this.conversation.mark();
		}
	}

	/**
	 * Asks for a mark if nothing has advanced the live chain for long enough.
	 * @param now the time
	 */
	void markIfDue(long now) {
		if (this.conversation != null) {
			this.conversation.markIfDue(now);
		}
	}

	/**
	 * Whether the next message has to wait until a token has been looked at.
	 * @return whether it has to
	 */
	boolean isChecking() {
		return this.tokenCheck.isPending();
	}

	/**
	 * Whether the time of the client is up.
	 * @param now the time
	 * @return why the socket has to be closed, or {@code null}
	 */
	@Nullable CloseReason overdue(long now) {
		if (this.conversation != null && this.conversation.untilExpiry() <= 0) {
			return CloseReason.UNAUTHENTICATED;
		}
		if (this.conversation != null && this.conversation.over() != null) {
			return this.conversation.over();
		}
		if (isTimed() && now - this.deadline >= 0) {
			return isChecking() ? CloseReason.SERVER_ERROR : CloseReason.AUTHENTICATION_TIMEOUT;
		}
		return null;
	}

	/**
	 * When to ask again whether something is due.
	 * @param now the time
	 * @return a time
	 */
	long due(long now) {
		long untilDeadline = isTimed() ? this.deadline - now : FAR;
		if (this.conversation == null) {
			return now + untilDeadline;
		}
		long untilMark = this.conversation.markAt() - now;
		return now + Math.min(Math.min(untilDeadline, untilMark), Math.min(FAR, this.conversation.untilExpiry()));
	}

	private boolean isTimed() {
		return this.conversation == null || isChecking();
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
			if (this.conversation != null) {
				send(frames().error(ProtocolError.PROTOCOL, ex.subscriptionId(), ex.getMessage()));
			}
			else {
				requireAuthentication();
			}
		}
	}

	private void handle(ClientMessage message) {
		if (message instanceof ClientMessage.Authenticate authenticate) {
			authenticate(authenticate);
		}
		else if (this.conversation == null) {
			requireAuthentication();
		}
		else if (message instanceof ClientMessage.Ping) {
			answerPing(this.conversation);
		}
		else if (message instanceof ClientMessage.Publish event) {
			this.publications.publish(this.conversation.user(), event);
		}
		else {
			request(this.conversation, message);
		}
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

	private void requireAuthentication() {
		send(frames().error(ProtocolError.AUTH_REQUIRED, null,
				"Send {\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":…} first."));
	}

	private void authenticate(ClientMessage.Authenticate message) {
		if (message.token() != null) {
			check(message.token(), message.transactions());
		}
		else {
			deny(AuthenticationFailure.NO_TOKEN, "Authenticate with the method 'jwt' and a token.");
		}
	}

	/**
	 * Looks at a token.
	 * @param token the token
	 * @param transactions what the client said about transactions
	 */
	void check(String token, @Nullable Boolean transactions) {
		this.deadline = this.context.nanoTime().getAsLong() + CHECK_TIMEOUT.toNanos();
		this.tokenCheck.start(token, (user) -> this.connection.execute(() -> authenticated(user, transactions)),
				(ex) -> this.connection.execute(() -> unauthenticated(ex)));
	}

	/**
	 * Begins an event stream, of a client who says nothing.
	 * @param user who it is
	 * @param request what it follows
	 */
	void follow(RealtimeUser user, EventStreamRequest request) {
		authenticated(user, true);
		if (this.conversation != null) {
			this.conversation.follow(new StreamCursors(request.resuming()));
			if (!request(this.conversation, request.message())) {
				this.connection.close(CloseReason.SERVER_ERROR);
			}
		}
	}

	private void unauthenticated(Throwable ex) {
		this.tokenCheck.end();
		if (this.connection.isClosing()) {
			return;
		}
		if (ex instanceof RefusedTokenException refused) {
			deny(refused.reason(), String.valueOf(ex.getMessage()));
		}
		else {
			failed(AuthenticationFailure.UNAVAILABLE);
			this.context.report(ex);
			this.connection.close(CloseReason.SERVER_ERROR);
		}
	}

	private void failed(AuthenticationFailure reason) {
		this.context.listener().authenticationFailed(reason);
	}

	private void deny(AuthenticationFailure reason, String message) {
		failed(reason);
		send(frames().authError(message));
		this.connection.close(CloseReason.UNAUTHENTICATED);
	}

	private void authenticated(RealtimeUser user, @Nullable Boolean transactions) {
		this.tokenCheck.end();
		if (this.connection.isClosing()) {
			return;
		}
		Conversation current = (this.conversation != null) ? renew(this.conversation, user) : begin(user);
		if (current != null) {
			current.negotiate(transactions);
			send(frames().authSuccess(user, current.transactions()));
		}
	}

	private @Nullable Conversation renew(Conversation conversation, RealtimeUser user) {
		if (!conversation.user().name().equals(user.name())) {
			failed(AuthenticationFailure.OTHER_USER);
			this.connection.close(CloseReason.FORBIDDEN);
			return null;
		}
		conversation.reauthorize(user);
		return conversation;
	}

	private @Nullable Conversation begin(RealtimeUser user) {
		if (!this.context.users().enter(user.name())) {
			failed(AuthenticationFailure.TOO_MANY_SOCKETS);
			send(frames().error(ProtocolError.RATE_LIMIT_EXCEEDED, null,
					"A user may have at most %d sockets: close one of the others."
						.formatted(this.context.settings().limits().connectionsPerUser())));
			this.connection.close(CloseReason.RATE_LIMIT);
			return null;
		}
		this.conversation = new Conversation(this.context, user, this.context.nanoTime().getAsLong(),
				this.connection::wake);
		return this.conversation;
	}

	/**
	 * Ends everything. Idempotent.
	 */
	void end() {
		this.tokenCheck.end();
		this.publications.end();
		if (this.conversation != null) {
			this.context.users().leave(this.conversation.user().name());
			this.conversation.close();
			this.conversation = null;
		}
	}

	private void send(byte[] frame) {
		this.connection.send(OutboundFrame.text(frame));
	}

	private ServerFrames frames() {
		return this.context.frames();
	}

}
