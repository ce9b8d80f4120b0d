package io.kalam.boot;

import io.kalam.operations.EventLog;
import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Writes events in the reactive transaction of the subscriber.
 */
final class R2dbcEventLog implements EventLog {

	private final DatabaseClient client;

	R2dbcEventLog(ConnectionFactory connections) {
		this.client = DatabaseClient.create(connections);
	}

	@Override
	public Mono<Void> write(String prefix, byte[] content) {
		return this.client.sql("SELECT pg_logical_emit_message(true, $1::text, $2::bytea)")
			.bind(0, prefix)
			.bind(1, content)
			.then();
	}

}
