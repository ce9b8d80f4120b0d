package io.kalam.event;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.partition.StreamDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The events of one stream that live, oldest first. Since all of them live equally long,
 * the oldest one is the next that ends. One that is told again is the newest. Not
 * thread-safe.
 */
final class LivingEvents {

	/**
	 * No event ends.
	 */
	static final long NEVER = Long.MAX_VALUE;

	private final LiveTable table;

	private final StreamDefinition stream;

	private final StreamCounts counts;

	private final Map<EventKey, LivingEvent> events = new LinkedHashMap<>();

	private final Map<Partition, Set<EventKey>> partitions = new LinkedHashMap<>();

	LivingEvents(LiveTable table, StreamDefinition stream, StreamCounts counts) {
		this.table = table;
		this.stream = stream;
		this.counts = counts;
	}

	/**
	 * Does what a message says.
	 * @param message the message
	 * @param age how old it is, in milliseconds
	 * @param now what the clock says
	 * @param changes takes what that means
	 */
	void apply(EventMessage message, long age, long now, List<Change> changes) {
		String holder = Objects.requireNonNullElse(message.holder(), "");
		for (Row row : message.rows()) {
			switch (message.kind()) {
				case PUT -> put(row, age, now, changes);
				case REMOVE -> remove(EventKey.of(row), EventEnd.RETRACTED, changes);
				case HOLD -> hold(row, holder, age, now, changes);
				case RELEASE -> release(row, holder, now, changes);
			}
		}
	}

	/**
	 * Takes an event, in the place of one with its key. Where there are too many of its
	 * owner's, the oldest of them end.
	 */
	private void put(Row row, long age, long now, List<Change> changes) {
		long left = this.stream.ttl().toMillis() - age;
		EventKey key = EventKey.of(row);
		if (left <= 0) {
			remove(key, EventEnd.EXPIRED, changes);
			return;
		}
		LivingEvent before = this.events.get(key);
		Map<String, Long> holders = (before != null) ? before.holders() : Map.of();
		place(key, new LivingEvent(row, this.table.partitionOf(row), now + left, holders));
		tell((before != null) ? new Change.Update(before.row(), row) : new Change.Insert(row), changes);
		makeRoom(this.table.partitionOf(row), changes);
	}

	/**
	 * Takes an event that somebody holds, who will say so again. Nothing is told if it
	 * lives already and is the same.
	 */
	private void hold(Row row, String holder, long age, long now, List<Change> changes) {
		long left = this.stream.ttl().toMillis() - age;
		if (left <= 0) {
			return;
		}
		EventKey key = EventKey.of(row);
		LivingEvent before = this.events.get(key);
		Map<String, Long> holders = LivingEvent.others(before, holder, now);
		holders.put(holder, now + left);
		place(key, new LivingEvent(row, this.table.partitionOf(row), now + left, holders));
		if (before == null) {
			tell(new Change.Insert(row), changes);
		}
		else if (!before.row().sameValues(row)) {
			tell(new Change.Update(before.row(), row), changes);
		}
		makeRoom(this.table.partitionOf(row), changes);
	}

	/**
	 * Ends an event, if it lives and nobody else holds it.
	 */
	private void release(Row row, String holder, long now, List<Change> changes) {
		EventKey key = EventKey.of(row);
		LivingEvent event = this.events.get(key);
		Map<String, Long> others = LivingEvent.others(event, holder, now);
		if (event != null && !others.isEmpty()) {
			this.events.replace(key, event.heldBy(others));
		}
		else {
			remove(key, EventEnd.RETRACTED, changes);
		}
	}

	private void tell(Change change, List<Change> changes) {
		this.counts.told();
		changes.add(change);
	}

	/**
	 * Makes an event the newest.
	 */
	private void place(EventKey key, LivingEvent event) {
		take(key);
		this.events.put(key, event);
		this.counts.placed(event.row());
		this.partitions.computeIfAbsent(event.partition(), (unused) -> new LinkedHashSet<>()).add(key);
	}

	private void makeRoom(Partition partition, List<Change> changes) {
		Set<EventKey> own = this.partitions.getOrDefault(partition, Set.of());
		while (own.size() > this.stream.maxRows()) {
			remove(own.iterator().next(), EventEnd.DROPPED, changes);
		}
	}

	/**
	 * Ends those whose time is over, in the order of time.
	 * @param now what the clock says
	 * @param changes takes what that means
	 */
	void expire(long now, List<Change> changes) {
		while (earliestEnd() <= now) {
			remove(this.events.keySet().iterator().next(), EventEnd.EXPIRED, changes);
		}
	}

	/**
	 * When the next one ends.
	 * @return in milliseconds of the process's clock, {@link #NEVER} if none lives
	 */
	long earliestEnd() {
		Iterator<LivingEvent> oldest = this.events.values().iterator();
		return oldest.hasNext() ? oldest.next().ends() : NEVER;
	}

	/**
	 * Lists what lives.
	 * @param reader the partition that is read
	 * @return the events of it, oldest first
	 */
	List<Row> rows(Partition reader) {
		if (reader.isAll()) {
			return this.events.values().stream().map(LivingEvent::row).toList();
		}
		List<Row> rows = new ArrayList<>();
		for (EventKey key : this.partitions.getOrDefault(reader, Set.of())) {
			LivingEvent event = this.events.get(key);
			if (event != null) {
				rows.add(event.row());
			}
		}
		return rows;
	}

	/**
	 * Forgets what lives in a partition.
	 */
	void purge(Partition partition) {
		List.copyOf(this.partitions.getOrDefault(partition, Set.of())).forEach(this::take);
	}

	private void remove(EventKey key, EventEnd end, List<Change> changes) {
		LivingEvent gone = take(key);
		if (gone != null) {
			this.counts.ended(end);
			changes.add(new Change.Delete(gone.row()));
		}
	}

	private @Nullable LivingEvent take(EventKey key) {
		LivingEvent taken = this.events.remove(key);
		if (taken != null) {
			this.counts.taken(taken.row());
			this.partitions.computeIfPresent(taken.partition(), (partition, keys) -> {
				keys.remove(key);
				return keys.isEmpty() ? null : keys;
			});
		}
		return taken;
	}

}
