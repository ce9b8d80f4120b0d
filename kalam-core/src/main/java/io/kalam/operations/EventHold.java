package io.kalam.operations;

import reactor.core.publisher.Mono;

/**
 * What keeps an event alive that a client holds. May be used by any thread.
 */
public interface EventHold {

	/**
	 * Holds the event no longer. It ends at once unless somebody else holds it.
	 * @return completes when that is committed. Begins at once, not with a subscription;
	 * idempotent
	 */
	Mono<Void> release();

	/**
	 * Says that the client has gone, who may come back: after a time of grace, the event
	 * is released. Idempotent.
	 */
	void lose();

}
