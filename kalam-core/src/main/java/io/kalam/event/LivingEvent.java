package io.kalam.event;

import java.util.LinkedHashMap;
import java.util.Map;

import io.kalam.change.Row;
import io.kalam.partition.Partition;
import org.jspecify.annotations.Nullable;

/**
 * An event that lives.
 *
 * @param row the event
 * @param partition whose it is
 * @param ends when it ends, in milliseconds of the process's clock
 * @param holders until when who holds it; nobody, if it lives by itself
 */
record LivingEvent(Row row, Partition partition, long ends, Map<String, Long> holders) {

	/**
	 * Who holds an event besides one of its holders.
	 * @param event the event, if it lives
	 * @param holder the holder
	 * @param now what the clock says
	 * @return the others who still do, to be changed at will
	 */
	static Map<String, Long> others(@Nullable LivingEvent event, String holder, long now) {
		Map<String, Long> others = new LinkedHashMap<>((event != null) ? event.holders() : Map.of());
		others.remove(holder);
		others.values().removeIf((ends) -> ends <= now);
		return others;
	}

	LivingEvent heldBy(Map<String, Long> holders) {
		return new LivingEvent(this.row, this.partition, this.ends, holders);
	}

}
