package io.kalam.boot.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

import io.kalam.catalog.TableName;
import io.kalam.event.EventEnd;
import io.kalam.event.EventStore;
import io.kalam.event.StreamStatus;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.RealtimePipeline;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * How the streams are doing. Each has its meters from the moment at which it is known.
 */
final class StreamMeters implements MeterBinder {

	private final EventStore events;

	private final RealtimeTables tables;

	private final RealtimePipeline pipeline;

	StreamMeters(EventStore events, RealtimeTables tables, RealtimePipeline pipeline) {
		this.events = events;
		this.tables = tables;
		this.pipeline = pipeline;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Set<TableName> known = new HashSet<>();
		this.pipeline.listen((status) -> this.tables.all()
			.stream()
			.filter(LiveTable::isStream)
			.map(LiveTable::name)
			.filter(known::add)
			.forEach((stream) -> bind(registry, stream)));
	}

	private void bind(MeterRegistry registry, TableName stream) {
		Gauge.builder("kalam.events", this.events, of(stream, StreamStatus::living))
			.tag("table", stream.toString())
			.description("Events that live, by stream")
			.register(registry);
		Gauge.builder("kalam.events.size", this.events, of(stream, StreamStatus::bytes))
			.tag("table", stream.toString())
			.baseUnit("bytes")
			.description("How much heap the events take that live")
			.register(registry);
		counter("kalam.events.told", stream, StreamStatus::told).description("Events that were told, anew or again")
			.register(registry);
		counter("kalam.events.lost", stream, StreamStatus::lost)
			.description("Events that were left out, because they could not be read or were too many for a transaction")
			.register(registry);
		for (EventEnd end : EventEnd.values()) {
			counter("kalam.events.ended", stream, (status) -> status.ended(end)).tag("reason", TagValues.of(end))
				.description("Events that have ended")
				.register(registry);
		}
	}

	private FunctionCounter.Builder<EventStore> counter(String name, TableName stream,
			ToDoubleFunction<StreamStatus> value) {
		return FunctionCounter.builder(name, this.events, of(stream, value)).tag("table", stream.toString());
	}

	private static ToDoubleFunction<EventStore> of(TableName stream, ToDoubleFunction<StreamStatus> value) {
		return (events) -> value.applyAsDouble(events.status(stream));
	}

}
