package io.kalam.subscription;

import java.util.List;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import reactor.core.publisher.Mono;

/**
 * A snapshot that is held in memory.
 */
record ModelSnapshot(Sequence horizon, TransactionSnapshot visibility, Lsn fence,
		List<byte[]> all) implements Snapshot {

	@Override
	public long size() {
		return this.all.size();
	}

	@Override
	public Mono<List<byte[]>> rows(long first, int count) {
		int from = Math.min((int) first, this.all.size());
		return Mono.just(List.copyOf(this.all.subList(from, Math.min(from + count, this.all.size()))));
	}

	@Override
	public void release() {
	}

}
