package io.kalam.websocket;

import java.util.concurrent.TimeUnit;

/**
 * When a connection has to look at the clock again, if nothing happens to it until then.
 * Set by the connection's own thread, read by any.
 */
final class Alarm {

	private final ClientAuthentication authentication;

	private final Liveness liveness;

	private final Ending ending;

	private volatile long dueAt;

	/**
	 * An alarm that is due at once.
	 */
	Alarm(ClientAuthentication authentication, Liveness liveness, Ending ending, long now) {
		this.authentication = authentication;
		this.liveness = liveness;
		this.ending = ending;
		this.dueAt = now;
	}

	/**
	 * Sets it to the next point in time at which something may have to be done.
	 * @param now the time
	 */
	void set(long now) {
		this.dueAt = next(now);
	}

	boolean isDue(long now) {
		return now - this.dueAt >= 0;
	}

	private long next(long now) {
		if (this.ending.isFinished()) {
			return now + TimeUnit.DAYS.toNanos(1);
		}
		long wait = Math.min(this.liveness.due() - now, this.authentication.due(now) - now);
		return now + Math.min(wait, this.ending.left(now));
	}

}
