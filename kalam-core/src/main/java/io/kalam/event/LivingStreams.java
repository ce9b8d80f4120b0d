package io.kalam.event;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.codec.CodecException;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.StreamDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of all streams that live. Not thread-safe, except for what is counted.
 */
final class LivingStreams {

	private static final Logger logger = LoggerFactory.getLogger(LivingStreams.class);

	private final RealtimeTables tables;

	private final Clock clock;

	private final CommitAge age;

	private final Map<TableName, LivingEvents> living = new HashMap<>();

	private final Map<TableName, StreamCounts> counts = new ConcurrentHashMap<>();

	LivingStreams(RealtimeTables tables, Clock clock) {
		this.tables = tables;
		this.clock = clock;
		this.age = new CommitAge(clock);
	}

	/**
	 * Does what a message says.
	 * @param message the message
	 * @param committed when its transaction was committed
	 * @param changes takes what that means
	 */
	void apply(Change.Message message, Instant committed, List<Change> changes) {
		LiveTable table = this.tables.find(message.table());
		StreamDefinition stream = (table != null) ? table.definition().stream() : null;
		if (table == null || stream == null) {
			return;
		}
		try {
			EventMessage event = EventMessage.read(table.rowType(), message.content());
			LivingEvents events = this.living.computeIfAbsent(message.table(),
					(name) -> new LivingEvents(table, stream, counts(name)));
			events.apply(event, this.age.of(committed), this.clock.millis(), changes);
		}
		catch (CodecException ex) {
			lost(message.table());
			logger.warn("An event of {} is left out: {}", message.table(), ex.getMessage());
		}
	}

	/**
	 * Ends those whose time is over.
	 * @param changes takes what that means
	 * @return when the next one ends, {@link LivingEvents#NEVER} if none lives
	 */
	long expire(List<Change> changes) {
		long now = this.clock.millis();
		long earliest = LivingEvents.NEVER;
		for (LivingEvents events : this.living.values()) {
			events.expire(now, changes);
			earliest = Math.min(earliest, events.earliestEnd());
		}
		return earliest;
	}

	/**
	 * Lists what lives in a partition, oldest first.
	 */
	List<Row> rows(Partition reader) {
		LivingEvents events = this.living.get(reader.table());
		return (events != null) ? events.rows(reader) : List.of();
	}

	void purge(Partition partition) {
		LivingEvents events = this.living.get(partition.table());
		if (events != null) {
			events.purge(partition);
		}
	}

	void forget() {
		this.living.clear();
		this.counts.values().forEach(StreamCounts::forget);
	}

	/**
	 * Counts an event that is left out. May be called by any thread.
	 */
	void lost(TableName stream) {
		counts(stream).lost();
	}

	/**
	 * How a stream is doing. May be called by any thread.
	 */
	StreamStatus status(TableName stream) {
		return counts(stream).status();
	}

	private StreamCounts counts(TableName stream) {
		return this.counts.computeIfAbsent(stream, (unused) -> new StreamCounts());
	}

}
