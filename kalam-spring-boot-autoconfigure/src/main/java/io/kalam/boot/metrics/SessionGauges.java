package io.kalam.boot.metrics;

import java.util.HashSet;
import java.util.Set;

import io.kalam.catalog.TableName;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.RealtimePipeline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * How the sessions are doing. Each realtime table has a gauge from the moment at which it
 * is known.
 */
final class SessionGauges implements MeterBinder {

	private final SessionTotals totals;

	private final RealtimeTables tables;

	private final RealtimePipeline pipeline;

	SessionGauges(SessionTotals totals, RealtimeTables tables, RealtimePipeline pipeline) {
		this.totals = totals;
		this.tables = tables;
		this.pipeline = pipeline;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("kalam.sessions.behind", this.totals, (totals) -> totals.get().behind())
			.description("Clients that are too slow at the moment and are fed from the journal")
			.register(registry);
		Gauge.builder("kalam.sessions.queued", this.totals, (totals) -> totals.get().queuedBytes())
			.baseUnit("bytes")
			.description("How much waits in memory for clients to take it")
			.register(registry);
		Set<TableName> known = new HashSet<>();
		this.pipeline.listen((status) -> this.tables.all()
			.stream()
			.map(LiveTable::name)
			.filter(known::add)
			.forEach((table) -> subscriptions(registry, table)));
	}

	private void subscriptions(MeterRegistry registry, TableName table) {
		Gauge
			.builder("kalam.subscriptions", this.totals,
					(totals) -> totals.get().subscriptions().getOrDefault(table, 0))
			.tag("table", table.toString())
			.description("Subscriptions by table")
			.register(registry);
	}

}
