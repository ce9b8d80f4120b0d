package io.kalam.websocket;

import java.time.Duration;

/**
 * Whether the client is there. Used by one thread at a time.
 */
final class Liveness {

	private final long interval;

	private long lastSign;

	private long nextPing;

	Liveness(Duration interval, long now) {
		this.interval = interval.toNanos();
		this.lastSign = now;
		this.nextPing = now + this.interval;
	}

	void sign(long now) {
		this.lastSign = now;
	}

	boolean isSilent(long now) {
		return now - this.lastSign >= 2 * this.interval;
	}

	boolean isPingDue(long now) {
		if (now - this.nextPing < 0) {
			return false;
		}
		this.nextPing = now + this.interval;
		return true;
	}

	/**
	 * When to look again.
	 * @return the time of the next ping, or of the end of patience
	 */
	long due() {
		long patience = this.lastSign + 2 * this.interval;
		return (patience - this.nextPing < 0) ? patience : this.nextPing;
	}

}
