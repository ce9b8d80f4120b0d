package io.kalam.snapshot;

import reactor.core.publisher.Mono;

/**
 * Reads the rows of a live query at one moment of the database.
 */
public interface SnapshotReader extends AutoCloseable {

	/**
	 * Reads. The whole result is read at the database's pace before anything is emitted;
	 * no client holds up a query or its transaction. Equal requests at the same moment
	 * share one read.
	 * @param request what to read
	 * @return the result, to be {@linkplain Snapshot#release() released} once by its
	 * subscriber; fails with {@link SnapshotException}
	 */
	Mono<Snapshot> read(SnapshotRequest request);

	@Override
	void close();

}
