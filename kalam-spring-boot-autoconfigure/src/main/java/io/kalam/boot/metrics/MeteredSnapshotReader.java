package io.kalam.boot.metrics;

import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import reactor.core.publisher.Mono;

/**
 * Measures how long snapshots take, waiting for a connection included, and how large they
 * are. Requests that share a read are measured each.
 */
final class MeteredSnapshotReader implements SnapshotReader {

	private final SnapshotReader reader;

	private final MeterRegistry registry;

	private final Timer read;

	private final Timer failed;

	private final DistributionSummary rows;

	MeteredSnapshotReader(SnapshotReader reader, MeterRegistry registry) {
		this.reader = reader;
		this.registry = registry;
		this.read = timer("read").register(registry);
		this.failed = timer("failed").register(registry);
		this.rows = DistributionSummary.builder("kalam.snapshots.rows")
			.baseUnit("rows")
			.description("Snapshots by the number of their rows")
			.register(registry);
	}

	private static Timer.Builder timer(String outcome) {
		return Timer.builder("kalam.snapshots")
			.description("Reading a snapshot, waiting for a connection included")
			.tag("outcome", outcome);
	}

	@Override
	public Mono<Snapshot> read(SnapshotRequest request) {
		return Mono.defer(() -> {
			Timer.Sample sample = Timer.start(this.registry);
			return this.reader.read(request).doOnNext((snapshot) -> {
				sample.stop(this.read);
				this.rows.record((double) snapshot.size());
			}).doOnError((ex) -> sample.stop(this.failed));
		});
	}

	@Override
	public void close() {
		this.reader.close();
	}

}
