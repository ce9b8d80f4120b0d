package io.kalam.subscription;

import io.kalam.access.RealtimeUser;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one connection. Requests may come from any thread and return at
 * once; what comes of them is polled.
 * <p>
 * Events are made when they are polled: a client that does not drain its socket costs no
 * memory beyond {@link SessionSettings#maxBuffer()}.
 */
public interface SubscriptionSession extends AutoCloseable {

	/**
	 * Subscribes. Answered by {@link SubscriptionEvent.Acknowledged} or
	 * {@link SubscriptionEvent.Failed}.
	 * @param request the subscription
	 */
	void subscribe(SubscribeRequest request);

	/**
	 * Ends a subscription. Has no answer; no event of it is polled after this has
	 * returned, until its id is used again.
	 * @param id the subscription; an unknown one is ignored
	 */
	void unsubscribe(String id);

	/**
	 * Asks for the next batch of a snapshot in pull mode; otherwise ignored.
	 * @param id the subscription; an unknown one is ignored
	 */
	void nextBatch(String id);

	/**
	 * Goes on with a new token of the same user. Every subscription is decided about
	 * again; one that is no longer allowed fails with {@link ErrorCode#UNAUTHORIZED}.
	 * @param user who is connected
	 */
	void reauthorize(RealtimeUser user);

	/**
	 * Asks for a mark of the live chain at the head, behind everything that is due before
	 * it. Ignored if the client does not understand marks or has no live subscription.
	 */
	void mark();

	/**
	 * Takes the next event. Called by one thread at a time.
	 * @return the next event, or {@code null} if there is none for now; a call of the
	 * session's {@code available} follows when there is
	 */
	@Nullable SubscriptionEvent poll();

	/**
	 * Takes the next event, as {@link #poll()} does, if that needs nothing but memory and
	 * does not have to wait for others who use the session.
	 * @return the next event, or {@code null} if there is none for now or it needs more
	 * than that, which {@link #isInMemory()} tells
	 */
	@Nullable SubscriptionEvent pollMemory();

	/**
	 * Whether events need nothing but memory, as far as can be told. May be called by any
	 * thread; returns at once.
	 * @return whether {@link #pollMemory()} is worth it
	 */
	boolean isInMemory();

	/**
	 * Ends all subscriptions and releases what they hold. Nothing is polled afterwards.
	 * Idempotent.
	 */
	@Override
	void close();

}
