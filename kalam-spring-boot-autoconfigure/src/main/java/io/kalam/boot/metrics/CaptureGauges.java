package io.kalam.boot.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.kalam.pipeline.CaptureStatus;
import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.RealtimePipeline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * How far capture is. Without a value in a process that does not read the slot.
 */
final class CaptureGauges implements MeterBinder {

	private final RealtimePipeline pipeline;

	CaptureGauges(RealtimePipeline pipeline) {
		this.pipeline = pipeline;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("kalam.capture.streaming", this, (gauges) -> gauges.isStreaming() ? 1 : 0)
			.description("Whether this process streams changes: 1 if it does")
			.register(registry);
		time(registry, "kalam.capture.lag", "How old the oldest heartbeat is that has not come through capture",
				CaptureStatus::lag);
		time(registry, "kalam.capture.unacknowledged",
				"For how long something has not been acknowledged to the replication slot",
				CaptureStatus::unacknowledged);
		bytes(registry, "kalam.capture.backlog", "How much of the database's log has not come through capture",
				CaptureStatus::lagBytes);
		bytes(registry, "kalam.slot.retained", "How much of its log the database keeps for the replication slot",
				CaptureStatus::retainedBytes);
		bytes(registry, "kalam.slot.safe", "How much may be written before the database gives up the slot",
				CaptureGauges::safe);
	}

	private boolean isStreaming() {
		PipelineState state = this.pipeline.status().state();
		return state == PipelineState.STREAMING || state == PipelineState.DEGRADED;
	}

	private static double safe(CaptureStatus status) {
		Long safe = status.safeBytes();
		return (safe != null) ? safe : Double.NaN;
	}

	private void time(MeterRegistry registry, String name, String description,
			Function<CaptureStatus, Duration> value) {
		TimeGauge
			.builder(name, this, TimeUnit.SECONDS,
					(gauges) -> gauges.value((status) -> value.apply(status).toMillis() / 1000.0))
			.description(description)
			.register(registry);
	}

	private void bytes(MeterRegistry registry, String name, String description, ToDoubleFunction<CaptureStatus> value) {
		Gauge.builder(name, this, (gauges) -> gauges.value(value))
			.baseUnit("bytes")
			.description(description)
			.register(registry);
	}

	private double value(ToDoubleFunction<CaptureStatus> value) {
		CaptureStatus status = this.pipeline.capture();
		return (status != null) ? value.applyAsDouble(status) : Double.NaN;
	}

}
