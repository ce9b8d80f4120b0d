package io.kalam.snapshot;

import reactor.core.publisher.Mono;

/**
 * Reads the rows of a live query at one moment of the database.
 */
public interface SnapshotReader extends AutoCloseable {

	/**
	 * Reads. The whole result is read at the database's pace before anything is emitted;
	 * no client holds up a query or its transaction. Equal requests at the same moment
	 * share one read, on which none of them depends: one that cancels leaves it to the
	 * others. Signals come on a thread of the reader, which must not be blocked.
	 * @param request what to read
	 * @return the result, to be {@linkplain Snapshot#release() released} once by its
	 * subscriber; fails with {@link SnapshotException}
	 */
	Mono<Snapshot> read(SnapshotRequest request);

	@Override
	void close();

}
