package io.kalam.operations;

import io.kalam.access.RealtimeUser;
import io.kalam.subscription.ErrorCode;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Tells the events of clients. May be used by any thread.
 */
@FunctionalInterface
public interface ClientEvents {

	/**
	 * Lets no client tell anything.
	 */
	ClientEvents NONE = (user, stream, values, ends) -> Mono.error(new PublishRefusedException(ErrorCode.NOT_FOUND,
			"There is no stream of that name of which you may tell events"));

	/**
	 * Tells an event, or that it ends.
	 * @param user who tells
	 * @param stream the stream, with its schema or without
	 * @param values the event's values; sender, tenant and owner may be left out and are
	 * then the user's
	 * @param ends whether it ends
	 * @return completes when it is committed; fails with {@link PublishRefusedException}.
	 * Nothing is done before the subscription, which doesn't block
	 */
	Mono<Void> publish(RealtimeUser user, String stream, JsonNode values, boolean ends);

}
