package io.kalam.websocket;

import java.util.List;
import java.util.function.Consumer;

import io.kalam.access.RealtimeUser;
import io.kalam.protocol.CloseReason;
import io.kalam.subscription.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A socket from its first frame to its last: what it is sent, and when it is closed.
 * <p>
 * Everything that happens to it is run one after the other, in the order in which it was
 * told. It takes a frame when the one before it has been dealt with, and sends a chunk
 * when the one before it has been written. Methods may be called by any thread and return
 * at once, except {@link #send}, {@link #close} and {@link #isClosing}, which are for its
 * own thread.
 */
final class Connection {

	private static final int CHUNK = 64 * 1024;

	private final ConnectionContext context;

	private final Transport transport;

	private final Consumer<Connection> gone;

	private final Mailbox mailbox;

	private final Outbox outbox = new Outbox();

	private final Dialogue dialogue;

	private final Liveness liveness;

	private final Inbound inbound;

	private final Ending ending = new Ending();

	private final Alarm alarm;

	private boolean wantsFrame;

	/**
	 * A connection that waits for {@link #open}.
	 * @param context what all connections share
	 * @param transport the socket
	 * @param gone is told, once, when the socket has gone
	 */
	Connection(ConnectionContext context, Transport transport, Consumer<Connection> gone) {
		long now = context.nanoTime().getAsLong();
		this.context = context;
		this.transport = transport;
		this.gone = gone;
		this.mailbox = new Mailbox(context.executor(), this::step, this::fail);
		this.dialogue = new Dialogue(context, this, now);
		this.liveness = new Liveness(timing(), this.outbox, now);
		this.inbound = new Inbound(context, this, this.dialogue, now);
		this.alarm = new Alarm(this.dialogue, this.liveness, this.ending, now);
	}

	/**
	 * The socket is open.
	 * @param token the token that came with its upgrade request, or {@code null}
	 */
	void open(@Nullable String token) {
		execute(() -> {
			this.wantsFrame = true;
			if (token != null) {
				this.dialogue.check(token, null);
			}
		});
	}

	/**
	 * An event stream is open.
	 * @param user whose it is
	 * @param request what the user follows
	 */
	void open(RealtimeUser user, EventStreamRequest request) {
		execute(() -> {
			this.liveness.expectNothing();
			this.dialogue.follow(user, request);
		});
	}

	/**
	 * The client has sent something.
	 * @param frame what it was
	 */
	void received(InboundFrame frame) {
		execute(() -> {
			if (!isClosing()) {
				this.wantsFrame = true;
				this.liveness.sign(now());
				this.inbound.accept(frame, now());
			}
		});
	}

	/**
	 * What was sent has been written.
	 */
	void written() {
		execute(() -> {
			this.dialogue.written();
			this.liveness.written(now());
		});
	}

	/**
	 * The socket has gone. Called once.
	 */
	void disconnected() {
		execute(() -> {
			this.ending.finish();
			this.dialogue.end();
			this.outbox.clear();
			this.gone.accept(this);
		});
	}

	/**
	 * The server stops: tells the client how far it is complete and when to come back.
	 */
	void drain() {
		execute(() -> {
			this.ending.drain(now() + timing().drain().toNanos() / 2);
			this.dialogue.mark();
		});
	}

	/**
	 * The server serves nobody for now: sends the client away without another event.
	 */
	void dismiss() {
		execute(() -> {
			if (!isClosing()) {
				goAway();
			}
		});
	}

	/**
	 * Sends a user away, who has to come back with a token that is good.
	 * @param user the user; ignored if it is another one's socket
	 */
	void expel(String user) {
		execute(() -> {
			if (this.dialogue.isOf(user)) {
				close(CloseReason.UNAUTHENTICATED);
			}
		});
	}

	/**
	 * Closes at once.
	 */
	void abort() {
		execute(() -> {
			close(CloseReason.GOING_AWAY);
			finishIf(!this.ending.isFinished());
		});
	}

	/**
	 * Time passes.
	 * @param now the time
	 */
	void tick(long now) {
		if (this.alarm.isDue(now)) {
			wake();
		}
	}

	/**
	 * There may be something to send.
	 */
	void wake() {
		this.mailbox.wake();
	}

	/**
	 * Runs something on the connection's own thread.
	 * @param task what to run
	 */
	void execute(Runnable task) {
		this.mailbox.execute(task);
	}

	void send(OutboundFrame frame) {
		this.outbox.add(frame);
	}

	/**
	 * Sends what was given to {@link #send} before, and closes.
	 * @param reason why
	 */
	void close(CloseReason reason) {
		if (this.ending.close(reason, now())) {
			this.context.listener().closed(reason);
			this.dialogue.end();
		}
	}

	boolean isClosing() {
		return this.ending.reason() != null || this.ending.isFinished();
	}

	private void fail(Throwable ex) {
		String message = this.context.report(ex);
		if (isClosing()) {
			finishIf(!this.ending.isFinished());
			return;
		}
		send(OutboundFrame
			.text(this.context.frames().error(ErrorCode.SUBSCRIPTION_FAILED, null, message + " Connect again.")));
		close(CloseReason.SERVER_ERROR);
		wake();
	}

	private void step() {
		long now = now();
		if (!this.ending.isFinished()) {
			enforce(now);
		}
		if (!this.ending.isFinished() && !this.outbox.isInFlight()) {
			flush(now);
		}
		if (this.wantsFrame && !isClosing() && !this.dialogue.isChecking() && !this.outbox.isCrowded()) {
			this.wantsFrame = false;
			this.transport.request();
		}
		this.alarm.set(now);
	}

	private void enforce(long now) {
		CloseReason overdue = this.dialogue.overdue(now);
		if (this.ending.reason() != null) {
			finishIf(this.ending.isOverdue(now));
		}
		else if (this.liveness.isStalled(now, this.transport.pending())) {
			close(CloseReason.STALLED);
			finishIf(true);
		}
		else if (overdue != null) {
			this.outbox.clear();
			close(overdue);
		}
		else if (this.ending.isOverdue(now)) {
			goAway();
		}
		else {
			keepAlive(now);
		}
	}

	private void keepAlive(long now) {
		if (this.liveness.isPingDue(now)) {
			send(OutboundFrame.PING);
		}
		this.dialogue.markIfDue(now);
	}

	private void flush(long now) {
		List<OutboundFrame> chunk = this.outbox.take();
		Conversation conversation = this.dialogue.conversation();
		boolean idle = conversation == null || conversation.poll(chunk, CHUNK, now);
		if (this.ending.isDraining() && idle) {
			goAway();
			chunk.addAll(this.outbox.take());
		}
		if (!chunk.isEmpty()) {
			this.outbox.sent(now);
			this.transport.send(chunk);
		}
		else {
			finishIf(true);
		}
	}

	private void goAway() {
		Conversation conversation = this.dialogue.conversation();
		if (conversation != null && conversation.transactions()) {
			send(OutboundFrame.text(this.context.frames().goAway(this.context.retryAfter())));
		}
		close(CloseReason.GOING_AWAY);
	}

	private void finishIf(boolean due) {
		CloseReason reason = this.ending.reason();
		if (due && reason != null) {
			this.ending.finish();
			this.transport.close(reason);
		}
	}

	private WebSocketSettings.Timing timing() {
		return this.context.settings().timing();
	}

	private long now() {
		return this.context.nanoTime().getAsLong();
	}

}
