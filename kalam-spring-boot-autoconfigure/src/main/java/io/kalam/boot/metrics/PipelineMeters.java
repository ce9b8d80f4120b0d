package io.kalam.boot.metrics;

import java.util.concurrent.TimeUnit;

import io.kalam.pipeline.PipelineListener;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Measures what goes through the pipeline.
 */
final class PipelineMeters implements PipelineListener {

	private final DistributionSummary transactions;

	private final Timer append;

	PipelineMeters(MeterRegistry registry) {
		this.transactions = DistributionSummary.builder("kalam.capture.transactions")
			.baseUnit("changes")
			.description("Captured transactions by the number of changes of realtime tables in them")
			.register(registry);
		this.append = Timer.builder("kalam.journal.append")
			.description("Appending a transaction to the journal, waiting for room included")
			.register(registry);
	}

	@Override
	public void appended(int changes, long nanos) {
		this.transactions.record(changes);
		this.append.record(nanos, TimeUnit.NANOSECONDS);
	}

}
