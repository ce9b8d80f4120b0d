package io.kalam.testing;

import java.util.function.Consumer;

import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import reactor.core.publisher.Mono;

/**
 * Tells of every snapshot that is asked for, and has it read by a reader that is somebody
 * else's to close.
 *
 * @param reader reads
 * @param asked is told
 */
record WatchedSnapshotReader(SnapshotReader reader, Consumer<SnapshotRequest> asked) implements SnapshotReader {

	@Override
	public Mono<Snapshot> read(SnapshotRequest request) {
		this.asked.accept(request);
		return this.reader.read(request);
	}

	@Override
	public void close() {
	}

}
