package io.kalam.websocket;

/**
 * Whether the client is there. Its silence counts only while nothing is on its way to it:
 * a client that takes no bytes has no ping to answer. Used by one thread at a time.
 */
final class Liveness {

	private final long interval;

	private final long writeTimeout;

	private final Outbox outbox;

	private boolean silent;

	private long lastSign;

	private long nextPing;

	Liveness(WebSocketSettings.Timing timing, Outbox outbox, long now) {
		this.interval = timing.ping().toNanos();
		this.writeTimeout = timing.write().toNanos();
		this.outbox = outbox;
		this.lastSign = now;
		this.nextPing = now + this.interval;
	}

	/**
	 * Takes every chunk that has been written for a sign: of a client that can say
	 * nothing.
	 */
	void expectNothing() {
		this.silent = true;
	}

	/**
	 * What was sent has been written.
	 * @param now the time
	 */
	void written(long now) {
		if (this.outbox.written(now) || this.silent) {
			sign(now);
		}
	}

	void sign(long now) {
		this.lastSign = now;
	}

	/**
	 * Whether there is no client any more.
	 * @param now the time
	 * @param pending how many bytes of what was sent are still here
	 * @return whether it takes nothing, or says nothing
	 */
	boolean isStalled(long now, long pending) {
		if (this.outbox.isInFlight()) {
			return this.outbox.blockedFor(now, pending) >= this.writeTimeout;
		}
		return now - this.lastSign >= 2 * this.interval;
	}

	/**
	 * Asks the client whether it is there, if it is time to.
	 * @param now the time
	 */
	void pingIfDue(long now) {
		if (now - this.nextPing >= 0) {
			this.nextPing = now + this.interval;
			this.outbox.add(OutboundFrame.PING);
		}
	}

	/**
	 * When to look again.
	 * @return the time of the next ping, or of the end of patience
	 */
	long due() {
		long patience = this.outbox.isInFlight() ? this.outbox.stuckAt(this.writeTimeout)
				: this.lastSign + 2 * this.interval;
		return (patience - this.nextPing < 0) ? patience : this.nextPing;
	}

}
