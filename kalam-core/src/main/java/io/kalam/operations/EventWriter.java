package io.kalam.operations;

import io.kalam.catalog.KalamSchema;
import io.kalam.change.Row;
import io.kalam.event.EventMessage;
import io.kalam.event.InvalidEventException;
import io.kalam.partition.LiveTable;
import reactor.core.publisher.Mono;

/**
 * Makes messages of events and has them written.
 */
final class EventWriter {

	/**
	 * What one event may take in the log: all of it is decoded by every reader.
	 */
	private static final int MAX_BYTES = 64 * 1024;

	private final EventLog log;

	EventWriter(EventLog log) {
		this.log = log;
	}

	/**
	 * Writes that there is an event, or that it ends.
	 * @throws InvalidEventException if it is too large
	 */
	Mono<Void> write(LiveTable stream, Row event, boolean ends) {
		byte[] content = new EventMessage(event, ends).content();
		if (content.length > MAX_BYTES) {
			throw new InvalidEventException("An event of " + stream.name().name() + " takes " + content.length
					+ " bytes; " + MAX_BYTES + " is the most. Store what is large, and tell its key");
		}
		return this.log.write(KalamSchema.eventPrefix(stream.name()), content);
	}

}
