package io.kalam.pipeline;

import java.time.Duration;
import java.util.function.Consumer;

import io.kalam.capture.ChangeSource;
import io.kalam.pipeline.HistoryStart.Started;
import io.kalam.sequence.Identity;
import io.kalam.sequence.IdentityChangedException;

/**
 * One reading of the slot, from the start of its source to its end, with the heart
 * beating. Used by one thread.
 */
final class Reading {

	/**
	 * How often the heart beats until there is a stream that shows that we are alive, and
	 * while the catalog is looked at more often.
	 */
	private static final Duration STARTING = Duration.ofMillis(500);

	private final Duration interval;

	private final ChangeSource source;

	private final SourceWatch watch;

	private final CatalogWatch catalog;

	private final Heart heart;

	private final Signal signal;

	private final Standby standby;

	Reading(Duration interval, ChangeSource source, SourceWatch watch, CatalogWatch catalog, Heart heart, Signal signal,
			Standby standby) {
		this.interval = interval;
		this.source = source;
		this.watch = watch;
		this.catalog = catalog;
		this.heart = heart;
		this.signal = signal;
		this.standby = standby;
	}

	/**
	 * Reads until the source or a beat fails. The slot has been released on return.
	 * @param started where to begin
	 * @param listener receives what is read
	 * @param beaten is told the identity after each beat
	 * @throws InterruptedException if the thread was interrupted
	 */
	void run(Started started, ChangeSource.Listener listener, Consumer<Identity> beaten) throws InterruptedException {
		Identity known = started.identity();
		this.source.start(started.after(), listener);
		try {
			while (!this.watch.hasFailed()) {
				this.signal.await(interval(), () -> this.heart.isWanted() || this.watch.hasNews());
				if (!this.watch.hasFailed()) {
					known = this.heart.beat(known, started.timeline(), this.source).identity();
					beaten.accept(known);
					this.catalog.look();
					this.watch.report();
				}
			}
			this.watch.rethrow();
		}
		catch (IdentityChangedException ex) {
			this.standby.lost();
			throw ex;
		}
		finally {
			this.source.stop();
		}
	}

	private Duration interval() {
		boolean settled = this.watch.isStreaming() && !this.catalog.isWaiting();
		return (settled || this.interval.compareTo(STARTING) < 0) ? this.interval : STARTING;
	}

}
