package io.kalam.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.kalam.catalog.Lsn;
import io.kalam.event.EventStore;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Has the heart beat when events are to end and nothing is committed by which they could.
 */
final class EventTimer {

	/**
	 * How long a beat is given to come back with the stream.
	 */
	private static final Duration PATIENCE = Duration.ofMillis(250);

	private static final Duration RETRY = Duration.ofSeconds(1);

	private final EventStore events;

	private final Mono<Lsn> beat;

	private final Scheduler scheduler;

	private Disposable pending = Disposables.disposed();

	private boolean stopped = true;

	/**
	 * A timer.
	 * @param events what lives
	 * @param beat has the heart beat
	 * @param scheduler tells the time
	 */
	EventTimer(EventStore events, Mono<Lsn> beat, Scheduler scheduler) {
		this.events = events;
		this.beat = beat;
		this.scheduler = scheduler;
	}

	void start() {
		synchronized (this) {
			this.stopped = false;
		}
		set();
	}

	/**
	 * Looks when the next event ends; to be called when that is sooner than it was.
	 */
	void set() {
		Duration left = this.events.untilDue();
		if (left != null) {
			schedule(left);
		}
	}

	private synchronized void schedule(Duration delay) {
		if (!this.stopped) {
			this.pending.dispose();
			this.pending = this.scheduler.schedule(this::ring, delay.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void ring() {
		if (this.events.isDue()) {
			this.beat.subscribe((position) -> schedule(PATIENCE), (ex) -> schedule(RETRY));
		}
		else {
			set();
		}
	}

	synchronized void stop() {
		this.stopped = true;
		this.pending.dispose();
	}

}
