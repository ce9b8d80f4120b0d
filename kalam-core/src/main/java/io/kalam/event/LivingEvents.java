package io.kalam.event;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.kalam.catalog.Column;
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

	private final Map<List<String>, LivingEvent> events = new LinkedHashMap<>();

	private final Map<Partition, Set<List<String>>> partitions = new LinkedHashMap<>();

	LivingEvents(LiveTable table, StreamDefinition stream) {
		this.table = table;
		this.stream = stream;
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
				case REMOVE -> remove(key(row), changes);
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
		List<String> key = key(row);
		if (left <= 0) {
			remove(key, changes);
			return;
		}
		LivingEvent before = this.events.get(key);
		Map<String, Long> holders = (before != null) ? before.holders() : Map.of();
		place(key, new LivingEvent(row, this.table.partitionOf(row), now + left, holders));
		changes.add((before != null) ? new Change.Update(before.row(), row) : new Change.Insert(row));
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
		List<String> key = key(row);
		LivingEvent before = this.events.get(key);
		Map<String, Long> holders = LivingEvent.others(before, holder, now);
		holders.put(holder, now + left);
		place(key, new LivingEvent(row, this.table.partitionOf(row), now + left, holders));
		if (before == null) {
			changes.add(new Change.Insert(row));
		}
		else if (!before.row().sameValues(row)) {
			changes.add(new Change.Update(before.row(), row));
		}
		makeRoom(this.table.partitionOf(row), changes);
	}

	/**
	 * Ends an event, if it lives and nobody else holds it.
	 */
	private void release(Row row, String holder, long now, List<Change> changes) {
		List<String> key = key(row);
		LivingEvent event = this.events.get(key);
		Map<String, Long> others = LivingEvent.others(event, holder, now);
		if (event != null && !others.isEmpty()) {
			this.events.replace(key, event.heldBy(others));
		}
		else {
			remove(key, changes);
		}
	}

	/**
	 * Makes an event the newest.
	 */
	private void place(List<String> key, LivingEvent event) {
		take(key);
		this.events.put(key, event);
		this.partitions.computeIfAbsent(event.partition(), (unused) -> new LinkedHashSet<>()).add(key);
	}

	private void makeRoom(Partition partition, List<Change> changes) {
		Set<List<String>> own = this.partitions.getOrDefault(partition, Set.of());
		while (own.size() > this.stream.maxRows()) {
			remove(own.iterator().next(), changes);
		}
	}

	/**
	 * Ends those whose time is over, in the order of time.
	 * @param now what the clock says
	 * @param changes takes what that means
	 */
	void expire(long now, List<Change> changes) {
		while (earliestEnd() <= now) {
			remove(this.events.keySet().iterator().next(), changes);
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
		for (List<String> key : this.partitions.getOrDefault(reader, Set.of())) {
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
		Set<List<String>> keys = this.partitions.remove(partition);
		if (keys != null) {
			keys.forEach(this.events::remove);
		}
	}

	private void remove(List<String> key, List<Change> changes) {
		LivingEvent gone = take(key);
		if (gone != null) {
			changes.add(new Change.Delete(gone.row()));
		}
	}

	private @Nullable LivingEvent take(List<String> key) {
		LivingEvent taken = this.events.remove(key);
		if (taken != null) {
			this.partitions.computeIfPresent(taken.partition(), (partition, keys) -> {
				keys.remove(key);
				return keys.isEmpty() ? null : keys;
			});
		}
		return taken;
	}

	private List<String> key(Row row) {
		List<String> key = new ArrayList<>();
		for (Column column : row.type().table().key()) {
			Object value = row.get(column.index());
			key.add((value != null) ? row.type().codec(column).print(value) : "");
		}
		return key;
	}

}
