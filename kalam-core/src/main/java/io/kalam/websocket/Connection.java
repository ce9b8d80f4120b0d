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

	private final ClientAuthentication authentication;

	private final Dialogue dialogue;

	private final Liveness liveness;

	private final Inbound inbound;

	private final Ending ending;

	private final Alarm alarm;

	private boolean wantsFrame;

	private volatile boolean inMemory;

	private volatile boolean written;

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
		this.ending = new Ending(transport);
		this.mailbox = new Mailbox(context.executor(), transport.eventLoop(), new Step(), this::fail);
		this.authentication = new ClientAuthentication(context, this, now);
		this.dialogue = new Dialogue(context, this, this.authentication);
		this.liveness = new Liveness(timing(), this.outbox, now);
		this.inbound = new Inbound(context, this, this.dialogue, now);
		this.alarm = new Alarm(this.authentication, this.liveness, this.ending, now);
	}

	/**
	 * The socket is open.
	 * @param token the token that came with its upgrade request, or {@code null}
	 */
	void open(@Nullable String token) {
		execute(() -> {
			this.wantsFrame = true;
			if (token != null) {
				this.authentication.check(token, null);
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
		this.written = true;
		wake();
	}

	/**
	 * The socket has gone. Called once.
	 */
	void disconnected() {
		execute(() -> {
			this.ending.lost();
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
			this.authentication.ifPresent(Conversation::mark);
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
			if (this.authentication.isOf(user)) {
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
			this.ending.finish();
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
		return this.ending.isClosing();
	}

	private void fail(Throwable ex) {
		String message = this.context.report(ex);
		if (isClosing()) {
			this.ending.finish();
			return;
		}
		send(OutboundFrame
			.text(this.context.frames().error(ErrorCode.SUBSCRIPTION_FAILED, null, message + " Connect again.")));
		close(CloseReason.SERVER_ERROR);
		wake();
	}

	private void step(boolean memory) {
		long now = now();
		noteWritten(now);
		if (!memory && !this.ending.isFinished()) {
			enforce(now);
		}
		if (!this.ending.isFinished() && !this.outbox.isInFlight()) {
			flush(now, memory);
		}
		if (this.wantsFrame && !isClosing() && !this.authentication.isChecking() && !this.outbox.isCrowded()) {
			this.wantsFrame = false;
			this.transport.request();
		}
		if (!memory || this.outbox.isInFlight()) {
			this.alarm.set(now);
		}
		noteMemory();
	}

	private void noteMemory() {
		Conversation conversation = this.authentication.conversation();
		boolean memory = conversation != null && conversation.isInMemory() && !this.ending.isDraining();
		if (memory != this.inMemory) {
			this.inMemory = memory;
		}
	}

	private void noteWritten(long now) {
		if (this.written) {
			this.written = false;
			allWritten(now);
		}
	}

	private void allWritten(long now) {
		this.authentication.ifPresent(Conversation::written);
		this.liveness.written(now);
	}

	private void enforce(long now) {
		CloseReason overdue = this.authentication.overdue(now);
		if (this.ending.isClosing()) {
			this.ending.finishIfOverdue(now);
		}
		else if (this.liveness.isStalled(now, this.transport.pending())) {
			close(CloseReason.STALLED);
			this.ending.finish();
		}
		else if (overdue != null) {
			this.outbox.clear();
			close(overdue);
		}
		else if (this.ending.isOverdue(now)) {
			goAway();
		}
		else {
			this.liveness.pingIfDue(now);
			this.authentication.ifPresent((conversation) -> conversation.markIfDue(now));
		}
	}

	private void flush(long now, boolean memory) {
		List<OutboundFrame> chunk = this.outbox.take();
		Conversation conversation = this.authentication.conversation();
		boolean idle = conversation == null || conversation.poll(chunk, CHUNK, now, memory);
		if (this.ending.isDraining() && idle) {
			goAway();
			chunk.addAll(this.outbox.take());
		}
		if (chunk.isEmpty()) {
			this.ending.finish();
			return;
		}
		this.outbox.sent(now);
		if (this.transport.send(chunk)) {
			allWritten(now);
			if (!memory || !idle) {
				wake();
			}
		}
	}

	private void goAway() {
		Conversation conversation = this.authentication.conversation();
		if (conversation != null && conversation.transactions()) {
			send(OutboundFrame.text(this.context.frames().goAway(this.context.retryAfter())));
		}
		close(CloseReason.GOING_AWAY);
	}

	private WebSocketSettings.Timing timing() {
		return this.context.settings().timing();
	}

	private long now() {
		return this.context.nanoTime().getAsLong();
	}

	/**
	 * What is done whenever something has happened.
	 */
	private final class Step implements Mailbox.Step {

		@Override
		public void run() {
			step(false);
		}

		@Override
		public void runShortly() {
			step(true);
			if (!Connection.this.inMemory) {
				wake();
			}
		}

		@Override
		public boolean isShort() {
			return Connection.this.inMemory && !Connection.this.alarm.isDue(now());
		}

	}

}
