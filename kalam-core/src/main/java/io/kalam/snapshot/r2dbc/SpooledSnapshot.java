package io.kalam.snapshot.r2dbc;

import java.lang.ref.Cleaner;
import java.util.List;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One subscriber's hold on a spool that others may hold too. One that is dropped without
 * having been released (its subscriber cancelled while it was handed over) is released
 * when the garbage collector finds it.
 */
final class SpooledSnapshot implements Snapshot {

	private static final Cleaner CLEANER = Cleaner.create();

	private final Moment moment;

	private final Spool spool;

	private final Scheduler scheduler;

	private final Cleaner.Cleanable hold;

	private volatile boolean released;

	/**
	 * A hold.
	 * @param moment the moment that was read
	 * @param spool the rows
	 * @param scheduler where files are read
	 * @param onRelease run once, on release; must not refer to this snapshot
	 */
	SpooledSnapshot(Moment moment, Spool spool, Scheduler scheduler, Runnable onRelease) {
		this.moment = moment;
		this.spool = spool;
		this.scheduler = scheduler;
		this.hold = CLEANER.register(this, onRelease);
	}

	@Override
	public TransactionSnapshot visibility() {
		return this.moment.visibility();
	}

	@Override
	public Sequence horizon() {
		return this.moment.horizon();
	}

	@Override
	public Lsn fence() {
		return this.moment.fence();
	}

	@Override
	public long size() {
		return this.spool.size();
	}

	@Override
	public Mono<List<byte[]>> rows(long first, int count) {
		return Mono.defer(() -> {
			if (this.released || this.spool.isClosed()) {
				return Mono.error(new IllegalStateException("The snapshot was released"));
			}
			Mono<List<byte[]>> rows = Mono.fromCallable(() -> this.spool.read(first, count));
			return this.spool.inMemory() ? rows : rows.subscribeOn(this.scheduler);
		});
	}

	@Override
	public void release() {
		this.released = true;
		this.hold.clean();
	}

}
