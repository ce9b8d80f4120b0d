package io.kalam.event;

import java.util.List;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import reactor.core.publisher.Mono;

/**
 * The events of a query that live at a position. Nothing behind the position is in it,
 * and everything before it is.
 *
 * @param horizon the position
 * @param all the rows
 */
record EventSnapshot(Sequence horizon, List<byte[]> all) implements Snapshot {

	@Override
	public TransactionSnapshot visibility() {
		return TransactionSnapshot.NOTHING;
	}

	@Override
	public Lsn fence() {
		return this.horizon.lsn();
	}

	@Override
	public long size() {
		return this.all.size();
	}

	@Override
	public Mono<List<byte[]>> rows(long first, int count) {
		int from = (int) Math.min(first, this.all.size());
		return Mono.just(this.all.subList(from, Math.min(from + count, this.all.size())));
	}

	@Override
	public void release() {
		// nothing is held
	}

}
