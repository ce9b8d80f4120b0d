package io.kalam.boot.metrics;

import java.util.EnumMap;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * A counter for each constant of an enum, all of them registered from the beginning, so
 * that none appears only when it is too late to have an alert for it.
 *
 * @param <E> the enum
 */
final class EnumCounters<E extends Enum<E>> {

	private final Map<E, Counter> counters;

	EnumCounters(MeterRegistry registry, Counter.Builder meter, String tag, Class<E> constants) {
		this.counters = new EnumMap<>(constants);
		for (E constant : constants.getEnumConstants()) {
			this.counters.put(constant, meter.withRegistry(registry).withTag(tag, TagValues.of(constant)));
		}
	}

	void increment(E constant) {
		Counter counter = this.counters.get(constant);
		if (counter != null) {
			counter.increment();
		}
	}

}
