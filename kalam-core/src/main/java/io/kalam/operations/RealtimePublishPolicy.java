package io.kalam.operations;

import io.kalam.access.RealtimeUser;
import reactor.core.publisher.Mono;

/**
 * Decides whether a user may tell an event of a stream that clients may tell events of.
 * Asked for each event, after everything else was found right: the sender is the user,
 * and the event is one that the user could read but for its owner. Where several policies
 * are for a stream all of them have to admit the event.
 * <p>
 * Without a policy a user may tell events to nobody else, where a stream has owners; and
 * any, where it has none.
 *
 * @param <T> the class of the stream
 */
public interface RealtimePublishPolicy<T> {

	/**
	 * The stream.
	 * @return the class of its events
	 */
	Class<T> type();

	/**
	 * Decides. An error, and no answer, is a no. Is asked on a thread that may be
	 * blocked.
	 * @param user who tells
	 * @param event what is told, or that is taken back
	 * @return whether the user may
	 */
	Mono<Boolean> admits(RealtimeUser user, T event);

}
