package io.kalam.websocket;

import java.util.concurrent.TimeUnit;

import io.kalam.protocol.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * How far a connection is on its way out: it may drain, it closes for the first reason
 * that is given, and it is finished when the socket needs nothing more. Draining and
 * closing have their time. Used by one thread at a time, the connection's.
 */
final class Ending {

	private static final long CLOSE_TIMEOUT = TimeUnit.SECONDS.toNanos(5);

	private final Transport transport;

	private @Nullable CloseReason reason;

	private boolean draining;

	private boolean finished;

	private long deadline;

	Ending(Transport transport) {
		this.transport = transport;
	}

	/**
	 * Begins to drain, unless it closes already.
	 * @param until when to close at the latest
	 */
	void drain(long until) {
		if (this.reason == null) {
			this.draining = true;
			this.deadline = until;
		}
	}

	/**
	 * Begins to close.
	 * @param reason why
	 * @param now the time
	 * @return whether it is the first reason
	 */
	boolean close(CloseReason reason, long now) {
		if (this.reason != null) {
			return false;
		}
		this.reason = reason;
		this.draining = false;
		this.deadline = now + CLOSE_TIMEOUT;
		return true;
	}

	/**
	 * Closes the socket, if that is what it is on its way to. Idempotent.
	 */
	void finish() {
		if (this.reason != null && !this.finished) {
			this.finished = true;
			this.transport.close(this.reason);
		}
	}

	/**
	 * Closes the socket if the time for the way there is up.
	 * @param now the time
	 */
	void finishIfOverdue(long now) {
		if (isOverdue(now)) {
			finish();
		}
	}

	/**
	 * The socket has gone by itself.
	 */
	void lost() {
		this.finished = true;
	}

	/**
	 * Whether there is nothing more to say.
	 * @return whether it closes or has gone
	 */
	boolean isClosing() {
		return this.reason != null || this.finished;
	}

	boolean isDraining() {
		return this.draining;
	}

	boolean isFinished() {
		return this.finished;
	}

	/**
	 * Whether the time for what it is doing is up.
	 * @param now the time
	 * @return whether it is; never if it neither drains nor closes
	 */
	boolean isOverdue(long now) {
		return left(now) <= 0;
	}

	/**
	 * How much time is left for what it is doing.
	 * @param now the time
	 * @return nanoseconds; as long as can be if it neither drains nor closes
	 */
	long left(long now) {
		return (this.draining || this.reason != null) ? this.deadline - now : Long.MAX_VALUE;
	}

}
