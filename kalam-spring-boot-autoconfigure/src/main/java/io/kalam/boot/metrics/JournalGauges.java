package io.kalam.boot.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * How the journal is doing. Without a value once it is closed.
 */
final class JournalGauges implements MeterBinder {

	private final ChangeJournal journal;

	private final Clock clock;

	JournalGauges(ChangeJournal journal, Clock clock) {
		this.journal = journal;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bytes(registry, "kalam.journal.size", "How much disk or heap the history of changes takes",
				JournalStatus::bytes);
		bytes(registry, "kalam.journal.unwritten", "How much heap waits to be written to the disk",
				JournalStatus::unwritten);
		TimeGauge.builder("kalam.journal.age", this, TimeUnit.SECONDS, (gauges) -> gauges.value(gauges::age))
			.description("How far back the history of changes goes")
			.register(registry);
		Gauge
			.builder("kalam.journal.trouble", this,
					(gauges) -> gauges.value((status) -> (status.trouble() != null) ? 1 : 0))
			.description("Whether nothing becomes durable, because the disk takes nothing: 1 if so")
			.register(registry);
	}

	private void bytes(MeterRegistry registry, String name, String description, ToDoubleFunction<JournalStatus> value) {
		Gauge.builder(name, this, (gauges) -> gauges.value(value))
			.baseUnit("bytes")
			.description(description)
			.register(registry);
	}

	private double age(JournalStatus status) {
		Instant oldest = status.oldest();
		return (oldest != null) ? Math.max(0, Duration.between(oldest, this.clock.instant()).toSeconds()) : 0;
	}

	private double value(ToDoubleFunction<JournalStatus> value) {
		try {
			return value.applyAsDouble(this.journal.status());
		}
		catch (IllegalStateException ex) {
			return Double.NaN;
		}
	}

}
