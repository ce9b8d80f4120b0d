package io.kalam.boot.metrics;

import java.util.concurrent.TimeUnit;

import io.kalam.journal.JournalListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Measures the journal's disk.
 */
final class JournalMeters implements JournalListener {

	private final Timer sync;

	JournalMeters(MeterRegistry registry) {
		this.sync = Timer.builder("kalam.journal.sync")
			.description("Writing a batch of what was appended to the disk, and syncing it")
			.register(registry);
	}

	@Override
	public void synced(long nanos) {
		this.sync.record(nanos, TimeUnit.NANOSECONDS);
	}

}
