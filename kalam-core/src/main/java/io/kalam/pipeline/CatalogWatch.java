package io.kalam.pipeline;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.kalam.catalog.CheckedDatabase;
import io.kalam.catalog.StartupCheckException;
import io.kalam.subscription.LiveHub;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the catalog now and then while changes are streamed. A table that was dropped
 * and created again is no longer in the publication, and its changes do not come, without
 * a word in the stream; a replica identity can be lowered in the same silence. Such a
 * table is published again, and its subscriptions start anew.
 */
final class CatalogWatch {

	private static final Logger logger = LoggerFactory.getLogger(CatalogWatch.class);

	private final RealtimeTableLoader loader;

	private final LiveHub hub;

	private final LongSupplier nanoTime;

	private final long interval;

	private long last;

	private String finding = "";

	CatalogWatch(RealtimeTableLoader loader, LiveHub hub, Duration interval, LongSupplier nanoTime) {
		this.loader = loader;
		this.hub = hub;
		this.interval = interval.toNanos();
		this.nanoTime = nanoTime;
		this.last = nanoTime.getAsLong();
	}

	/**
	 * Looks, if it is time.
	 * @return what somebody has to mend, empty if nothing
	 */
	String look() {
		long now = this.nanoTime.getAsLong();
		if (now - this.last >= this.interval) {
			this.last = now;
			this.finding = check();
		}
		return this.finding;
	}

	private String check() {
		try {
			CheckedDatabase database = this.loader.load();
			database.newlyPublished().forEach((table) -> {
				logger.warn("{} was not published any more and is again; its clients read new snapshots", table);
				this.hub.reset(table);
			});
			return "";
		}
		catch (StartupCheckException ex) {
			String message = String.valueOf(ex.getMessage());
			if (!message.equals(this.finding)) {
				logger.error("A realtime table is no longer as it has to be: {}", message);
			}
			return message;
		}
	}

}
