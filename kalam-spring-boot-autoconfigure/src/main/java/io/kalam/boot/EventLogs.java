package io.kalam.boot;

import java.util.List;

import io.kalam.operations.EventLog;
import reactor.core.publisher.Mono;

/**
 * Writes events in the transaction that the thread is in, else with the first of the
 * application's ways.
 */
final class EventLogs implements EventLog {

	private final List<EventLog> logs;

	private EventLogs(List<EventLog> logs) {
		this.logs = logs;
	}

	/**
	 * One of some logs for each event.
	 * @param logs the application's ways to the database
	 */
	static EventLog of(List<EventLog> logs) {
		return switch (logs.size()) {
			case 0 -> EventLog.NONE;
			case 1 -> logs.get(0);
			default -> new EventLogs(logs);
		};
	}

	@Override
	public Mono<Void> write(String prefix, byte[] content) {
		return Mono.defer(() -> this.logs.stream()
			.filter(EventLog::isInTransaction)
			.findFirst()
			.orElse(this.logs.get(0))
			.write(prefix, content));
	}

}
