package io.kalam.operations;

import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

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

	/**
	 * Tells an event and keeps it alive for as long as the client is there. Whether the
	 * user may still tell it is asked again each time it is renewed, which is three times
	 * in the time for which it would live.
	 * @param user who tells, by then; may be asked by any thread
	 * @param stream the stream, with its schema or without
	 * @param values the event's values, as {@link #publish} takes them
	 * @param ended is told if the user may tell it no longer, and it is not held any more
	 * @return what holds the event, when it is committed; fails with
	 * {@link PublishRefusedException}. Whoever cancels holds nothing
	 */
	default Mono<EventHold> hold(Supplier<RealtimeUser> user, String stream, JsonNode values,
			Consumer<PublishRefusedException> ended) {
		return Mono.error(new PublishRefusedException(ErrorCode.UNSUPPORTED, "Events can't be held here"));
	}

	/**
	 * Asks again whether users may tell what is held for them.
	 * @param who which users
	 * @return completes when that has been asked
	 */
	default Mono<Void> reevaluate(Predicate<RealtimeUser> who) {
		return Mono.empty();
	}

}
