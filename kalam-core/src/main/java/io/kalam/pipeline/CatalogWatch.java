package io.kalam.pipeline;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Looks at the catalog now and then while changes are streamed. A table that was dropped
 * and created again is no longer in the publication, and its changes do not come, without
 * a word in the stream; a replica identity can be lowered in the same silence, and what
 * is out of service may have been mended.
 */
final class CatalogWatch {

	/**
	 * How often it looks while a table waits for transactions to end.
	 */
	private static final long WAITING = Duration.ofSeconds(1).toNanos();

	private final RealtimeTableLoader loader;

	private final LongSupplier nanoTime;

	private final long interval;

	private long last;

	CatalogWatch(RealtimeTableLoader loader, Duration interval, LongSupplier nanoTime) {
		this.loader = loader;
		this.interval = interval.toNanos();
		this.nanoTime = nanoTime;
		this.last = nanoTime.getAsLong();
	}

	boolean isWaiting() {
		return this.loader.isWaiting();
	}

	/**
	 * Looks, if it is time.
	 */
	void look() {
		long now = this.nanoTime.getAsLong();
		long interval = isWaiting() ? Math.min(WAITING, this.interval) : this.interval;
		if (now - this.last >= interval) {
			this.last = now;
			this.loader.lookAgain();
		}
	}

}
