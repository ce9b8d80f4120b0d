package io.kalam.boot.observation;

import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import reactor.core.publisher.Mono;

/**
 * Observes the reading of snapshots, waiting for a connection included. Requests that
 * share a read are observed each.
 */
final class ObservedSnapshotReader implements SnapshotReader {

	private final SnapshotReader reader;

	private final Observations<SnapshotObservationContext> observations;

	ObservedSnapshotReader(SnapshotReader reader, Observations<SnapshotObservationContext> observations) {
		this.reader = reader;
		this.observations = observations;
	}

	@Override
	public Mono<Snapshot> read(SnapshotRequest request) {
		Mono<Snapshot> work = this.reader.read(request);
		String table = request.query().table().name().toString();
		return this.observations.isOff() ? work : this.observations.observe(() -> new SnapshotObservationContext(table),
				work, (context, snapshot) -> context.read(snapshot.size()), (context, ex) -> context.end("failed"));
	}

	@Override
	public void close() {
		this.reader.close();
	}

}
