package io.kalam.operations;

import reactor.core.publisher.Mono;

/**
 * Writes events into the database's log, with the connections of the application, so that
 * they are part of its transactions.
 */
@FunctionalInterface
public interface EventLog {

	/**
	 * For applications without a connection of their own.
	 */
	EventLog NONE = (prefix, content) -> Mono.error(new IllegalStateException(
			"Events are written with the application's ConnectionFactory or DataSource, and it has neither as a bean"));

	/**
	 * Writes a message in the transaction that is open where the result is subscribed to,
	 * else in one of its own.
	 * @param prefix the message's prefix
	 * @param content the message
	 * @return completes when it is written, which is not before the commit if the
	 * transaction is its own
	 */
	Mono<Void> write(String prefix, byte[] content);

	/**
	 * Whether the calling thread is in a transaction of which events that it writes here
	 * are part. (Those of reactive transactions are known by the subscription alone.)
	 * @return whether it is
	 */
	default boolean isInTransaction() {
		return false;
	}

}
