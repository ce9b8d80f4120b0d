package io.kalam.operations;

import io.kalam.catalog.KalamSchema;
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
	static final int MAX_BYTES = 64 * 1024;

	private final EventLog log;

	EventWriter(EventLog log) {
		this.log = log;
	}

	/**
	 * Writes what becomes of events.
	 * @throws InvalidEventException if that is too large
	 */
	Mono<Void> write(LiveTable stream, EventMessage message) {
		check(stream, message);
		return this.log.write(KalamSchema.eventPrefix(stream.name()), message.content());
	}

	/**
	 * Looks whether a message is small enough.
	 * @return how large it is, in bytes
	 * @throws InvalidEventException if it is too large
	 */
	int check(LiveTable stream, EventMessage message) {
		int length = message.content().length;
		if (length > MAX_BYTES) {
			throw new InvalidEventException("An event of " + stream.name().name() + " takes " + length + " bytes; "
					+ MAX_BYTES + " is the most. Store what is large, and tell its key");
		}
		return length;
	}

}
