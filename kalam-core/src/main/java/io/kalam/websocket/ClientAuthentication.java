package io.kalam.websocket;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.kalam.access.RealtimeUser;
import io.kalam.protocol.ClientMessage;
import io.kalam.protocol.CloseReason;
import io.kalam.protocol.ProtocolError;
import io.kalam.protocol.ServerFrames;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is: nobody at first, which it may be for a short time only; then a user,
 * with a conversation, until its token expires or it comes with another token of that
 * user. Used by one thread at a time, the connection's.
 */
final class ClientAuthentication {

	private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);

	private static final long FAR = TimeUnit.HOURS.toNanos(1);

	private final ConnectionContext context;

	private final Connection connection;

	private final TokenCheck tokenCheck;

	private @Nullable Conversation conversation;

	private long deadline;

	ClientAuthentication(ConnectionContext context, Connection connection, long now) {
		this.context = context;
		this.connection = connection;
		this.tokenCheck = new TokenCheck(context.authenticator());
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
	 * Does something with the conversation, if there is one.
	 * @param action what to do
	 */
	void ifPresent(Consumer<Conversation> action) {
		if (this.conversation != null) {
			action.accept(this.conversation);
		}
	}

	/**
	 * Whether a user is authenticated here.
	 */
	boolean isOf(String user) {
		return this.conversation != null && this.conversation.user().name().equals(user);
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
		if (isTimed() && now - this.deadline >= 0) {
			return isChecking() ? CloseReason.SERVER_ERROR : CloseReason.AUTHENTICATION_TIMEOUT;
		}
		return null;
	}

	/**
	 * When to ask again whether something is due, a mark included.
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
	 * Looks at what a client says about who it is.
	 * @param message what it says
	 */
	void authenticate(ClientMessage.Authenticate message) {
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
	 * Takes a user who was authenticated before, and who understands transactions.
	 * @param user the user
	 * @param telling how the user is told events
	 * @return the conversation, or {@code null} if there is none: the socket closes
	 */
	@Nullable Conversation admit(RealtimeUser user, Telling telling) {
		return this.connection.isClosing() ? null : welcome(begin(user, telling), true);
	}

	private void authenticated(RealtimeUser user, @Nullable Boolean transactions) {
		this.tokenCheck.end();
		if (!this.connection.isClosing()) {
			Conversation known = this.conversation;
			welcome((known != null) ? renew(known, user) : begin(user, Telling.FRAMES), transactions);
		}
	}

	private @Nullable Conversation welcome(@Nullable Conversation present, @Nullable Boolean transactions) {
		if (present != null) {
			present.negotiate(transactions);
			send(frames().authSuccess(present.user(), present.transactions()));
		}
		return present;
	}

	private @Nullable Conversation renew(Conversation known, RealtimeUser user) {
		if (!known.user().name().equals(user.name())) {
			failed(AuthenticationFailure.OTHER_USER);
			this.connection.close(CloseReason.FORBIDDEN);
			return null;
		}
		known.reauthorize(user);
		return known;
	}

	private @Nullable Conversation begin(RealtimeUser user, Telling telling) {
		if (!this.context.users().enter(user.name())) {
			failed(AuthenticationFailure.TOO_MANY_SOCKETS);
			send(frames().error(ProtocolError.RATE_LIMIT_EXCEEDED, null,
					"A user may have at most %d sockets: close one of the others."
						.formatted(this.context.settings().limits().connectionsPerUser())));
			this.connection.close(CloseReason.RATE_LIMIT);
			return null;
		}
		this.conversation = new Conversation(this.context, user, telling, this.context.nanoTime().getAsLong(),
				this.connection::wake);
		return this.conversation;
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

	private void deny(AuthenticationFailure reason, String message) {
		failed(reason);
		send(frames().authError(message));
		this.connection.close(CloseReason.UNAUTHENTICATED);
	}

	private void failed(AuthenticationFailure reason) {
		this.context.listener().authenticationFailed(reason);
	}

	/**
	 * Is nobody from now on. Idempotent.
	 */
	void end() {
		this.tokenCheck.end();
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
