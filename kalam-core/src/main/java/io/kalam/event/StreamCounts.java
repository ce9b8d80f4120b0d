package io.kalam.event;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import io.kalam.change.Row;

/**
 * Counts what becomes of the events of a stream. May be read by any thread, which does
 * not wait for whoever counts.
 */
final class StreamCounts {

	private final LongAdder living = new LongAdder();

	private final LongAdder bytes = new LongAdder();

	private final LongAdder told = new LongAdder();

	private final LongAdder lost = new LongAdder();

	private final Map<EventEnd, LongAdder> ended = new EnumMap<>(EventEnd.class);

	StreamCounts() {
		for (EventEnd end : EventEnd.values()) {
			this.ended.put(end, new LongAdder());
		}
	}

	void placed(Row event) {
		this.living.increment();
		this.bytes.add(event.size());
	}

	void taken(Row event) {
		this.living.decrement();
		this.bytes.add(-event.size());
	}

	void told() {
		this.told.increment();
	}

	void ended(EventEnd end) {
		LongAdder count = this.ended.get(end);
		if (count != null) {
			count.increment();
		}
	}

	void lost() {
		this.lost.increment();
	}

	/**
	 * Nothing lives any longer.
	 */
	void forget() {
		this.living.reset();
		this.bytes.reset();
	}

	StreamStatus status() {
		return new StreamStatus(this.living.sum(), this.bytes.sum(), this.told.sum(),
				this.ended.entrySet()
					.stream()
					.collect(Collectors.toMap(Map.Entry::getKey, (count) -> count.getValue().sum())),
				this.lost.sum());
	}

}
