package io.kalam.websocket;

import java.util.concurrent.TimeUnit;

/**
 * Allows so many things a second in the long run, and some more at once. Used by one
 * thread at a time.
 */
final class TokenBucket {

	private final double perNano;

	private final double capacity;

	private double tokens;

	private long filledAt;

	TokenBucket(int perSecond, int burst, long now) {
		this.perNano = (double) perSecond / TimeUnit.SECONDS.toNanos(1);
		this.capacity = burst;
		this.tokens = burst;
		this.filledAt = now;
	}

	boolean take(long now) {
		this.tokens = Math.min(this.capacity, this.tokens + (now - this.filledAt) * this.perNano);
		this.filledAt = now;
		if (this.tokens < 1) {
			return false;
		}
		this.tokens--;
		return true;
	}

}
