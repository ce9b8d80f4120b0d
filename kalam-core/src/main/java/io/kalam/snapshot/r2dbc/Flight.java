package io.kalam.snapshot.r2dbc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.kalam.snapshot.DroppedErrors;
import io.kalam.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * A read in progress and everybody who waits for it. It can be joined until it ends, and
 * is cancelled when the last one who waits has gone. It ends once: by a result, of which
 * everybody who waits gets a hold; by an error; or because nobody waits.
 */
final class Flight {

	private final Spool spool;

	private final Flux<Moment> read;

	private final Scheduler scheduler;

	private final Consumer<Flight> onEnd;

	private final Runnable onRelease;

	private final Disposable.Swap running = Disposables.swap();

	private final AtomicBoolean started = new AtomicBoolean();

	private final Set<Passenger> waiting = new LinkedHashSet<>();

	private boolean over;

	/**
	 * A read that has not begun.
	 * @param spool where it writes its rows to
	 * @param read reads: the moment is the result, and what follows is cleaning up
	 * @param scheduler where files are read
	 * @param onEnd run once, when the flight can no longer be joined
	 * @param onRelease run once, when nobody needs the spool any more
	 */
	Flight(Spool spool, Flux<Moment> read, Scheduler scheduler, Consumer<Flight> onEnd, Runnable onRelease) {
		this.spool = spool;
		this.read = read;
		this.scheduler = scheduler;
		this.onEnd = onEnd;
		this.onRelease = onRelease;
	}

	/**
	 * Joins the read, and begins it if nobody has.
	 * @param sink who wants the result
	 * @return whether it was still possible
	 */
	boolean join(MonoSink<Snapshot> sink) {
		Passenger passenger = new Passenger(sink);
		synchronized (this) {
			if (this.over) {
				return false;
			}
			this.waiting.add(passenger);
		}
		sink.onCancel(() -> leave(passenger));
		if (this.started.compareAndSet(false, true)) {
			this.running
				.update(this.read.subscribe(this::complete, this::fail, null, DroppedErrors.logged(Context.empty())));
		}
		return true;
	}

	private void leave(Passenger passenger) {
		boolean last;
		synchronized (this) {
			this.waiting.remove(passenger);
			last = !this.over && this.waiting.isEmpty();
			this.over |= last;
		}
		passenger.release();
		if (last) {
			this.onEnd.accept(this);
			this.running.dispose();
			this.onRelease.run();
		}
	}

	private void complete(Moment moment) {
		List<Passenger> passengers = end((all) -> {
			AtomicInteger holders = new AtomicInteger(all.size());
			all.forEach((passenger) -> passenger.snapshot = new SpooledSnapshot(moment, this.spool, this.scheduler,
					() -> release(holders)));
		});
		passengers.forEach(Passenger::deliver);
	}

	private void release(AtomicInteger holders) {
		if (holders.decrementAndGet() == 0) {
			this.onRelease.run();
		}
	}

	/**
	 * Ends the flight without a result.
	 * @param error why
	 */
	void fail(Throwable error) {
		List<Passenger> passengers = end((all) -> this.onRelease.run());
		this.running.dispose();
		passengers.forEach((passenger) -> passenger.sink.error(error));
	}

	private List<Passenger> end(Consumer<List<Passenger>> action) {
		List<Passenger> all;
		synchronized (this) {
			if (this.over) {
				return List.of();
			}
			this.over = true;
			all = new ArrayList<>(this.waiting);
			this.waiting.clear();
			action.accept(all);
		}
		this.onEnd.accept(this);
		return all;
	}

	/**
	 * Somebody who waits.
	 */
	private static final class Passenger {

		private final MonoSink<Snapshot> sink;

		private volatile @Nullable SpooledSnapshot snapshot;

		Passenger(MonoSink<Snapshot> sink) {
			this.sink = sink;
		}

		void deliver() {
			this.sink.success(this.snapshot);
		}

		void release() {
			SpooledSnapshot held = this.snapshot;
			if (held != null) {
				held.release();
			}
		}

	}

}
